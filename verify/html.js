"use strict";
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "✓";
  });
}
const form = document.querySelector("form[data-code]");
if (form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const file = given.get("screenshot");
    let digest = "";
    if (file && file.size) {
      const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      digest = [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
    }
    const record = {
      schema: "certverify-official/1",
      code: form.dataset.code,
      found: given.get("found") === "yes",
      by: given.get("by"),
      when: new Date().toISOString(),
      note: "",
      screenshot: file && file.size ? file.name : "",
      sha256: digest,
    };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(record, null, 2)], { type: "application/json" }));
    link.download = `official-${form.dataset.code}.json`;
    link.click();
  });
}
