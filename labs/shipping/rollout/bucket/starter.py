"""Say which riders get the new pricing model.

`bucket(rider, salt)` returns a whole number, 0 to 999: the rider's
bucket in the experiment that `salt`, a text, stands for.
A rider is an int or a text; 42 and "42" are the same rider.
The bucket is the same in every process, on every machine, every day.
Riders fill all thousand buckets evenly, whatever their ids look like.
The buckets under two salts are independent of each other.

`in_rollout(rider, percent, salt)` returns True for the riders in the
`percent` x 10 lowest buckets: at 1 % those in 0 to 9, at 100 % all.
Percent is a number from 0 to 100; 0.5 is one.
"""


def bucket(rider, salt):
    return 0  # TODO: spread the riders out


def in_rollout(rider, percent, salt):
    return False  # TODO: ask for the rider's bucket
