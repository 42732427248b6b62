// Makes a PostgreSQL once, beside Python that is loading, and hands over all that it took.
import { PGlite } from "./npm/@electric-sql/pglite/dist/index.js";

const beside = (name) => new URL(`npm/@electric-sql/pglite/dist/${name}`, import.meta.url);

async function make() {
  const [program, fsBundle] = await Promise.all([
    fetch(beside("pglite.wasm")).then((answer) => answer.arrayBuffer()),
    fetch(beside("pglite.data")).then((answer) => answer.blob()),
  ]);
  const pgliteWasmModule = await WebAssembly.compile(program);
  const database = await PGlite.create({ pgliteWasmModule, fsBundle });
  const loadDataDir = await database.dumpDataDir("none");
  return { pgliteWasmModule, fsBundle, loadDataDir };
}

make().then(
  (made) => postMessage({ made }),
  (wrong) => postMessage({ error: String(wrong?.message ?? wrong) }),
);
