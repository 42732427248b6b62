"""Find what a slug means, where its end is enough."""

from labs.kit.course import Course, Exercise, Lab, unknown
from labs.kit.desk import Desk
from labs.kit.trouble import NotInCourse, Trouble


def find(course: Course, slug: str) -> Lab | Exercise:
    """The lab or exercise whose slug ends with these words. Trouble where it is none, or two."""
    slug = slug.strip("/")
    labs, exercises = course.slugs, course.exercise_slugs()
    # A lab that cannot be read has no exercises to find: what is wrong with it is the answer.
    for lab in labs:
        if slug == lab or slug.startswith(f"{lab}/"):
            return course.lab(lab) if slug == lab else course.exercise(slug)
    found = [name for name in labs + exercises if f"/{name}".endswith(f"/{slug}")]
    if not found:
        what = "lab or exercise" if slug.count("/") < 2 else "exercise"
        raise NotInCourse(unknown(what, slug, exercises + labs))
    if len(found) > 1:
        several = ", ".join(f"`{name}`" for name in found)
        raise NotInCourse(f"`{slug}` may be {several}. Name one of them.")
    return course.lab(found[0]) if found[0] in labs else course.exercise(found[0])


def find_lab(course: Course, slug: str) -> Lab:
    """A lab; an exercise names its own."""
    found = find(course, slug)
    return found if isinstance(found, Lab) else course.lab(found.lab)


def find_exercise(desk: Desk, slug: str | None) -> Exercise:
    """The exercise of that slug; without one, the next unfinished; of a lab, its next."""
    if slug is None:
        following = desk.progress.next_exercise(desk.course)
        if following is None:
            raise Trouble(finished(desk.course))
        return following
    found = find(desk.course, slug)
    if isinstance(found, Exercise):
        return found
    if not found.exercises:
        raise Trouble(f"{found.slug} has no exercises yet.")
    states = desk.progress.states()
    open_ones = [e for e in found.exercises if states.get(e.slug) != "passed"]
    return (open_ones or found.exercises)[0]


def finished(course: Course) -> str:
    if not course.exercise_slugs():
        return f"{course.root} has no exercises. `lab new` begins a lab."
    return "You have passed every exercise. `lab list` shows them; name one to do it again."
