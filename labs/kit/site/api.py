"""What a page asks of the local server: a verdict, the learner's own text, the solution.

Through Jupyter's login and its checks of origin and token, as everything here.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from labs.kit import card
from labs.kit.answer import Answer, difference
from labs.kit.course import Course, Exercise
from labs.kit.desk import Desk
from labs.kit.trouble import NotInCourse, Trouble

LONGEST = 1 << 20
"""Bytes of a question: an answer is never longer than a page of code."""


class Table:
    """One desk, and one thread that may use it; the server goes on serving meanwhile."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self.desk: Desk | None = None

    async def ask(self, question: Any, *given: Any) -> Any:
        def answer() -> Any:
            self.desk = self.desk or Desk(self.course)
            return question(self.desk, *given)

        return await asyncio.get_running_loop().run_in_executor(self.thread, answer)


class Api(APIHandler):
    """Answers in JSON, and says what is wrong in a sentence."""

    auth_resource = "contents"

    def initialize(self, table: Table) -> None:
        self.table = table

    def skip_check_origin(self) -> bool:
        """Never: who knows the token is asked all the same where the question comes from."""
        return False

    async def tell(self, question: Any, *given: Any) -> None:
        self.set_header("Cache-Control", "no-store")
        try:
            self.finish(json.dumps(await self.table.ask(question, *given)))
        except Trouble as trouble:
            self.set_status(404 if isinstance(trouble, NotInCourse) else 409)
            self.finish(json.dumps({"message": str(trouble)}))


class Check(Api):
    """`{exercise, text, began}` -> `{result, card}`. The text becomes the learner's file."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        if len(self.request.body) > LONGEST:
            raise web.HTTPError(413, f"An answer is shorter than {LONGEST >> 20} MB.")
        asked = self.get_json_body()
        names = ("exercise", "text", "began")
        if not isinstance(asked, dict) or not all(isinstance(asked.get(n), str) for n in names):
            raise web.HTTPError(400, "It has an `exercise`, its `text`, and what that `began` as.")
        await self.tell(checked, *(asked[name] for name in names))


class Begun(Api):
    """`{text, passed}`: the learner's own file, or null where nothing was begun."""

    @web.authenticated
    @authorized
    async def get(self, slug: str) -> None:
        await self.tell(begun, slug)


class Solution(Api):
    @web.authenticated
    @authorized
    async def get(self, slug: str) -> None:
        await self.tell(solution, slug)


def checked(desk: Desk, slug: str, text: str, began: str) -> dict[str, Any]:
    exercise = desk.course.exercise(slug)
    mine = text_of(desk, exercise)
    if mine is not None and mine not in (text, began):
        return {"changed": mine}
    seen = desk.check_text(exercise, text)
    notes, desk.notes[:] = list(desk.notes), []
    return {
        "result": seen.result.as_json(),
        "card": card.html(seen.result, again=seen.again),
        "text": card.text(seen.result, again=seen.again),
        "notes": notes,
    }


def begun(desk: Desk, slug: str) -> dict[str, Any]:
    exercise = desk.course.exercise(slug)
    return {"text": text_of(desk, exercise), "passed": desk.passed(exercise)}


def text_of(desk: Desk, exercise: Exercise) -> str | None:
    """What the learner's file holds, or held when it was last kept."""
    path, kept = desk.work.path(exercise), desk.work.versions(exercise.slug)
    if path.exists():
        return Answer.read(path).text
    return Answer.read(kept[-1]).text if kept else None


def solution(desk: Desk, slug: str) -> dict[str, Any]:
    exercise = desk.course.exercise(slug)
    if not desk.passed(exercise):
        raise Trouble(f"{slug} has not passed yet; `lab solution {slug}` asks whether you mean it.")
    right, path = exercise.solution, desk.work.path(exercise)
    desk.record("solution", exercise, passed=True)
    mine = Answer(path, text_of(desk, exercise) or "")
    return {
        "words": right.words,
        "code": right.code,
        "difference": difference(mine, right),
        "others": [{"words": a.words, "code": a.code} for a in exercise.alternatives],
    }
