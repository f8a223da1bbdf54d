"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const charts = document.getElementById("charts");
  const colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f"];

  function chart(title, columns, names, xLabel, yLabel, scales) {
    if (columns[0].length === 0) return;
    const heading = document.createElement("h2");
    heading.textContent = title;
    const box = document.createElement("div");
    charts.append(heading, box);
    new uPlot({
      width: Math.max(300, Math.min(960, charts.clientWidth)),
      height: 280,
      scales: { x: { time: false }, ...(scales || {}) },
      axes: [{ label: xLabel }, { label: yLabel, size: 80 }],
      series: [{ label: xLabel }, ...names.map((name, i) => ({
        label: name, stroke: colours[i % colours.length], width: 1.5, points: { show: columns[0].length < 20 },
      }))],
    }, columns, box);
  }

  for (const run of data.throughput) {
    const workers = Object.keys(run.workers).length ? ", workers " + JSON.stringify(run.workers) : "";
    const times = run.moments.map((m) => m.second);
    const rates = run.moments.map((m, i) => {
      const from = run.moments[Math.max(0, i - 10)];
      return m.second > from.second ? (m.raw - from.raw) / (m.second - from.second) : null;
    });
    chart("Throughput" + workers, [times, rates], ["published"], "seconds", "market messages/s");
    const stages = [...new Set(run.moments.flatMap((m) => Object.keys(m.lag)))].sort();
    chart("Lag of each stage" + workers,
      [times, ...stages.map((s) => run.moments.map((m) => m.lag[s] ?? null))], stages, "seconds", "messages behind");
  }
  const quantiles = [["p50", 0], ["p99", 1], ["p999", 2], ["max", 3]];
  for (const rate of [...new Set(data.delays.map((d) => d.perSecond))]) {
    for (const from of ["receive", "intended"]) {
      const rows = data.delays.filter((d) => d.perSecond === rate && d.from === from && d.samples > 0);
      chart(`Delay at ${rate} messages a second, from ${from} (0: p50, 1: p99, 2: p99.9, 3: max)`,
        [quantiles.map((q) => q[1]), ...rows.map((d) => quantiles.map((q) => d[q[0]]))],
        rows.map((d) => d.to), "percentile", "ms", { y: { distr: 3 } });
    }
  }
  chart("A stage that takes 1 ms a message", [data.scaling.map((p) => p.workers), data.scaling.map((p) => p.perSecond)],
    ["messages/s"], "workers", "messages/s");
})();
