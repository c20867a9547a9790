/** Hands the reader a file made on this page. */
export function saveFile({ name, type, text }: { name: string; type: string; text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Browsers have taken the content by the next task; a second is generous and lets nothing pile up.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
