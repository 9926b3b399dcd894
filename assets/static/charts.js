// This script adds to the curves what the table below them says: the figures under the pointer, with
// a line where they are. Without it the pages are whole.

"use strict";

{
  const SVG = "http://www.w3.org/2000/svg";

  // The rows of the table of a chart, each as the texts of its cells.
  const rowsOf = (chart) => {
    const table = document.getElementById(chart.dataset.chart);
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    // In the order of the curve, though the reader may have chosen another one for the table.
    const placed = [...table.tBodies[0].rows].sort(
      (one, other) => (one.dataset.place ?? 0) - (other.dataset.place ?? 0),
    );
    const rows = placed.map((row) =>
      [...row.cells].map((cell) => cell.textContent.trim()),
    );
    return { heads, rows };
  };

  const follow = (chart, drawing) => {
    const { heads, rows } = rowsOf(chart);
    // With the space that the language puts before it.
    const { colon } = chart.dataset;
    const axis = drawing.querySelector(".axis").getBBox();
    const grid = drawing.querySelector(".grid").getBBox();
    const cross = document.createElementNS(SVG, "path");
    cross.setAttribute("class", "cross");
    cross.setAttribute("visibility", "hidden");
    drawing.append(cross);
    const tip = document.createElement("p");
    tip.className = "tip";
    tip.hidden = true;
    chart.append(tip);

    const show = (event) => {
      const box = drawing.getBoundingClientRect();
      const scale = drawing.viewBox.baseVal.width / box.width;
      const along = ((event.clientX - box.left) * scale - axis.x) / axis.width;
      const place = Math.floor(along * rows.length);
      const row = rows[place];
      if (!row) return hide();
      const at = axis.x + (axis.width * (place + 0.5)) / rows.length;
      cross.setAttribute("d", `M${at} ${grid.y}V${axis.y}`);
      cross.setAttribute("visibility", "visible");
      const figures = row.slice(1).map((text, column) => `${heads[column + 1]}${colon} ${text}`);
      tip.replaceChildren(...[row[0], ...figures].flatMap((line, number) =>
        number ? [document.createElement("br"), line] : [line],
      ));
      tip.hidden = false;
      const left = Math.min(at / scale, chart.clientWidth - tip.offsetWidth);
      tip.style.setProperty("left", `${Math.max(0, left)}px`);
      tip.style.setProperty("top", `${event.clientY - box.top + 16}px`);
    };
    const hide = () => {
      tip.hidden = true;
      cross.setAttribute("visibility", "hidden");
    };
    drawing.addEventListener("pointermove", show);
    drawing.addEventListener("pointerleave", hide);
  };

  const begin = () => {
    for (const chart of document.querySelectorAll("[data-chart]")) {
      for (const drawing of chart.querySelectorAll(".drawing")) {
        // A drawing that is not shown has no size yet.
        drawing.addEventListener("pointerenter", () => follow(chart, drawing), { once: true });
      }
    }
  };

  begin();
  addEventListener("parvis-swapped", begin);
}
