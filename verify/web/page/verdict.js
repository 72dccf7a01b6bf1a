// The verdict (结论) over all evidence, by the tables of verify.verdict and verify.reasons.
//
// `tables` is written from them when the page is built: which checks prove an axis, how grave a failed
// reason is, and the words. "Could not check" is never green.

/** Makes the evidence of one check: `passed`, `failed`, `skipped`, `error`. */
export function checkOf(id, tables) {
  const { number, axis, name } = tables.checks[id];
  const make = (outcome, said, reason = null, clause = "") => {
    if (reason !== null && !tables.reasons.includes(reason)) throw new Error(reason);
    return { check: id, number, axis, name, outcome, reason, said, clause };
  };
  return {
    passed: (said, clause) => make("passed", said, null, clause),
    failed: (reason, said, clause) => make("failed", said, reason, clause),
    skipped: (reason, said, clause) => make("skipped", said, reason, clause),
    error: (reason, said, clause) => make("error", said, reason, clause),
  };
}

/** { verdict, answers } of the evidence. Nothing at all is INDETERMINATE. */
export function judge(evidence, tables) {
  const answers = Object.fromEntries(tables.axes.map((axis) => [axis, answer(axis, evidence, tables)]));
  if (evidence.some((one) => weight(one, tables) === "grave")) return { verdict: "INVALID", answers };
  const isProved = tables.axes.length > 0 && Object.values(answers).every((one) => one === "yes");
  return { verdict: isProved ? "VALID" : "INDETERMINATE", answers };
}

function answer(axis, evidence, tables) {
  const here = evidence.filter((one) => one.axis === axis);
  if (here.some((one) => ["firm", "grave"].includes(weight(one, tables)))) return "no";
  if (here.some((one) => one.outcome === "failed" || one.outcome === "error")) return "cannot-tell";
  const passed = (id) => {
    const said = here.filter((one) => one.check === id);
    return said.length > 0 && said.every((one) => one.outcome === "passed");
  };
  return tables.proofs[axis].some((proof) => proof.length > 0 && proof.every(passed)) ? "yes" : "cannot-tell";
}

function weight(one, tables) {
  if (one.outcome !== "failed") return "none";
  return tables.weights[one.reason] ?? "doubt";
}
