// The worker that Python runs in. Everything it loads lies beside it.
import { loadPyodide } from "./npm/pyodide/pyodide.mjs";

const beside = (path) => new URL(path, import.meta.url);

async function fetched(path) {
  const answer = await fetch(beside(path));
  if (!answer.ok) throw new Error(`${beside(path).pathname} was not found.`);
  return answer.text();
}

async function load() {
  const [python, kit] = await Promise.all([
    loadPyodide({ indexURL: beside("npm/pyodide/").href, stdout: () => {}, stderr: () => {} }),
    fetched("made/kit.json"),
  ]);
  for (const [path, text] of Object.entries(JSON.parse(kit))) {
    const file = `/course/${path}`;
    python.FS.mkdirTree(file.slice(0, file.lastIndexOf("/")));
    python.FS.writeFile(file, text);
  }
  python.runPython("import sys; sys.path.insert(0, '/course')");
  return python.pyimport("labs.kit.site.inpage");
}

const loaded = load();

/** PostgreSQL, for the exercises that ask for it. */
let connected = null;

async function connect(made) {
  const { PGlite } = await import("./npm/@electric-sql/pglite/dist/index.js");
  const database = await PGlite.create(made);
  (await loaded).connect((message) => database.execProtocolRawSync(message));
}

const kinds = {
  async prepare(page, { exercise, database }) {
    if (database) await (connected ??= connect(database));
    page.prepare(await fetched(`made/${exercise}.json`));
  },
  check: (page, question) => JSON.parse(page.check(JSON.stringify(question))),
  ended: (page, question) => JSON.parse(page.ended(JSON.stringify(question))),
  solution: (page, question) => JSON.parse(page.solution(JSON.stringify(question))),
};

onmessage = async ({ data: { number, kind, question } }) => {
  try {
    const page = await loaded;
    postMessage({ number, said: await kinds[kind](page, question) });
  } catch (wrong) {
    // What Pyodide cannot go on from: the page begins another worker.
    if (wrong?.pyodide_fatal_error) {
      setTimeout(() => {
        throw wrong;
      });
      return;
    }
    postMessage({ number, error: String(wrong?.message ?? wrong) });
  }
};
