for (const input of document.querySelectorAll("input[data-filters]")) {
  const rows = document.querySelectorAll(`#${CSS.escape(input.dataset.filters)} tbody tr`);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  });
}
