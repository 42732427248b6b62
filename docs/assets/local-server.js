// The server of `make start`, where it is what serves the page: checks run on the learner's machine.

const base = document.documentElement.dataset.server;

export const here = () => Boolean(base);

async function ask(path, question) {
  const token = document.cookie.match(/(?:^|; )_xsrf=([^;]+)/)?.[1] ?? "";
  const sent = question && {
    method: "POST",
    body: JSON.stringify(question),
    headers: { "Content-Type": "application/json", "X-XSRFToken": decodeURIComponent(token) },
  };
  let answer;
  try {
    answer = await fetch(`${base}course/-/${path}`, { ...sent, credentials: "same-origin" });
  } catch {
    throw new Error("the local server does not answer; `make start` starts it again");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.message ?? `the local server says ${answer.status}`);
  return said;
}

/** The verdict: `{result, card}`; or `{changed}`, where the file is not what it `began` as. */
export const check = (slug, text, began) => ask("check", { exercise: slug, text, began });

/** The learner's own file: `{text, passed}`, where there is one. */
export const begun = (slug) => ask(`exercise/${slug}`);

export const solution = (slug) => ask(`solution/${slug}`);
