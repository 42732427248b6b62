// Python in a worker of its own: asked for a verdict, ended when the time is up, and begun again.

let worker = null;
let asked = 0;
let waiting = new Map();
const prepared = new Set();

/** Begin to load Python, if it is not there yet. */
export function begin() {
  if (worker) return;
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.number) ?? {};
    waiting.delete(data.number);
    if (data.error) reject?.(new Error(data.error));
    else resolve?.(data.said);
  };
  // Python itself is gone: out of memory, or told to abort.
  worker.onerror = (event) => stop(new Gone(event.message));
}

/** The process that judged is no more. */
export class Gone extends Error {}

/** The time is up. */
export class Late extends Error {}

export function stop(reason) {
  worker?.terminate();
  worker = null;
  prepared.clear();
  const left = waiting;
  waiting = new Map();
  for (const { reject } of left.values()) reject(reason);
}

function ask(kind, question) {
  begin();
  asked += 1;
  const number = asked;
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject });
    worker.postMessage({ number, kind, question });
  });
}

/** Load Python, the files of an exercise, and PostgreSQL where the exercise needs it. */
export async function prepare(exercise) {
  begin();
  if (!prepared.has(exercise)) {
    await ask("prepare", { exercise, database: await databaseFor(exercise) });
    prepared.add(exercise);
  }
}

let database = null;

function databaseFor(exercise) {
  const section = document.querySelector(`[data-exercise="${exercise}"]`);
  if (section.dataset.needs !== "session") return null;
  database ??= made().catch((wrong) => {
    database = null;
    throw wrong;
  });
  return database;
}

/** A worker of its own makes it, and is gone. */
function made() {
  const maker = new Worker(new URL("database.js", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    maker.onmessage = ({ data }) => (data.made ? resolve(data.made) : reject(Error(data.error)));
    maker.onerror = (event) => reject(Error(event.message || "PostgreSQL could not be loaded"));
  }).finally(() => maker.terminate());
}

/** Never longer than this: a page is not left waiting for as long as a terminal is. */
export const SECONDS = 5;

/** The verdict: `{result, card, text}`. Whatever the answer does, there is one. */
export async function check(slug, text, seen) {
  await prepare(slug);
  const clock = setTimeout(() => stop(new Late()), SECONDS * 1000);
  try {
    return await ask("check", { exercise: slug, text, seen });
  } catch (wrong) {
    if (wrong instanceof Late) {
      return ended(slug, "timeout", `still running after ${SECONDS} s`);
    }
    if (wrong instanceof Gone) {
      return ended(slug, "error", "the answer ended its process, before it was judged");
    }
    throw wrong;
  } finally {
    clearTimeout(clock);
  }
}

async function ended(slug, verdict, message) {
  await prepare(slug);
  return ask("ended", { exercise: slug, verdict, message });
}

export async function solution(slug, text) {
  await prepare(slug);
  return ask("solution", { exercise: slug, text });
}
