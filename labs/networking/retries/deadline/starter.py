"""Call the payments provider, and again, inside one deadline.

`call(send, clock, waits, deadline)` returns the status of the last
try, a whole number, or None if it got no answer in time.

`send(timeout)` makes one try: it returns a status, or raises
`TimeoutError` after `timeout` seconds. A try gets what is left until
`deadline`, and at most 2 s. `clock.now()` gives seconds, in the same
count as `deadline`; `clock.sleep(seconds)` waits.
A status of 503, and a TimeoutError, are worth another try. Any other
status is final. `waits` lists the seconds to sleep before the second
try, the third, and so on; there is no try after the last of them.
Do not sleep, or try, if no time would be left for the try after it.
The deadline may have passed at the call: then send nothing.
"""


def call(send, clock, waits, deadline):
    for pause in waits:  # TODO: the first try, the last, and the deadline
        status = send(2)
        if status != 503:
            return status
        clock.sleep(pause)
    return None
