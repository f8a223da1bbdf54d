"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const charts = document.getElementById("charts");
  const colours = ["#0b6fb8", "#d9730d", "#2b8a3e", "#c92a2a", "#7048e8", "#8a5a44", "#c2255c", "#5c677d", "#0c8599", "#94851b",
    "#1b1b1f", "#e599f7"];
  const soft = "#5c5c66";
  const grid = { stroke: "#e6e6ea", width: 1 };
  const font = "12px system-ui, sans-serif";

  const shown = (value) => {
    if (value == null) return "–";
    const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    return value.toLocaleString("en-US", { maximumFractionDigits: digits });
  };
  const numbers = (chart, values) => values.map((value) =>
    (value == null ? "" : value.toLocaleString("en-US", { maximumFractionDigits: 3 })));
  /** Room for the widest label and the axis's name beside it. */
  const width = (chart, values) =>
    16 + 7.5 * Math.max(4, ...(values || []).map((value) => String(value).length));

  function section(title, text) {
    const heading = document.createElement("h2");
    heading.textContent = title;
    charts.append(heading);
    if (text) {
      const words = document.createElement("p");
      words.textContent = text;
      charts.append(words);
    }
    const box = document.createElement("div");
    charts.append(box);
    return box;
  }

  /**
   * @param x {label, values, names}: with names, the points stand side by side and are called so
   * @param y {label, log}
   * @param lines [{name, values}]
   */
  function chart(title, text, x, y, lines) {
    if (x.values.length === 0 || lines.length === 0) return;
    const box = section(title, text);
    const places = x.names ? x.names.map((name, i) => i) : x.values;
    const axis = { stroke: soft, font, labelFont: font, grid, ticks: grid };
    const values = lines.map((line) => line.values.map((value) => (y.log && !(value > 0) ? null : value)));
    new uPlot({
      width: Math.max(300, charts.clientWidth),
      height: 300,
      scales: {
        x: x.names ? { time: false, range: () => [-0.3, places.length - 0.7] } : { time: false },
        y: y.log ? { distr: 3, log: 10 } : { range: (plot, low, high) => [0, high > 0 ? high * 1.08 : 1] },
      },
      axes: [
        x.names
          ? { ...axis, label: x.label, splits: () => places, values: () => x.names }
          : { ...axis, label: x.label, values: numbers },
        { ...axis, label: y.label, values: numbers, size: width },
      ],
      series: [
        { label: x.label, value: (plot, value) => (value == null ? "–" : x.names ? x.names[value] : shown(value)) },
        ...lines.map((line, i) => ({
          label: line.name,
          stroke: colours[i % colours.length],
          width: line.isSum ? 3 : 1.5,
          dash: line.isDashed ? [6, 4] : undefined,
          points: { show: places.length < 20, size: 7 },
          value: (plot, value) => shown(value),
        })),
      ],
    }, [places, ...values], box);
  }

  /** Messages a second over about a second, at each moment. */
  function rates(moments) {
    return moments.map((moment, i) => {
      const from = moments[Math.max(0, i - 10)];
      return moment.second > from.second ? (moment.raw - from.raw) / (moment.second - from.second) : null;
    });
  }

  function throughput() {
    data.throughput.forEach((run, number) => {
      const workers = Object.entries(run.workers).map(([stage, count]) => `, ${count} workers of ${stage}`).join("");
      const name = workers || (data.throughput.filter((one) => Object.keys(one.workers).length === 0).length > 1
        ? `, run ${number + 1}` : "");
      const seconds = { label: "seconds since the first message", values: run.moments.map((moment) => moment.second) };
      chart(`Throughput${name}`,
        `${shown(run.perSecond)} market messages a second when warm, until the last stage had handled the last one; `
        + `${run.lost} lost, ${run.duplicated} duplicated.`,
        seconds, { label: "market messages/s" }, [{ name: "published by the feed", values: rates(run.moments) }]);
      const stages = [...new Set(run.moments.flatMap((moment) => Object.keys(moment.lag)))].sort();
      chart(`Lag of each stage${name}`, "", seconds, { label: "messages behind" },
        stages.map((stage) => ({ name: stage, values: run.moments.map((moment) => moment.lag[stage] ?? null) })));
    });
  }

  function delays() {
    const from = { intended: "from when the venue was to send", receive: "from when the feed received" };
    for (const rate of [...new Set(data.delays.map((each) => each.perSecond))]) {
      for (const kind of Object.keys(from)) {
        const rows = data.delays.filter((each) => each.perSecond === rate && each.from === kind && each.samples > 0);
        chart(`Delay at ${shown(rate)} messages a second, ${from[kind]}`, "",
          { label: "percentile", values: [0, 1, 2, 3], names: ["p50", "p99", "p99.9", "max"] },
          { label: "milliseconds (logarithmic)", log: true },
          rows.map((row) => ({ name: `${row.to} (${shown(row.samples)})`, values: [row.p50, row.p99, row.p999, row.max] })));
      }
    }
  }

  function scaling() {
    const counts = data.scaling.map((point) => point.workers);
    const one = data.scaling.length ? data.scaling[0].perSecond : 0;
    chart("A stage that takes 1 ms a message", "", { label: "workers", values: counts, names: counts.map(String) },
      { label: "messages/s" }, [
        { name: "measured", values: data.scaling.map((point) => point.perSecond) },
        { name: "one worker's, times workers", values: counts.map((count) => count * one), isDashed: true },
      ]);
  }

  function growth() {
    for (const of of [...new Set(data.growth.map((point) => point.of))]) {
      const points = data.growth.filter((point) => point.of === of);
      const x = { label: of, values: points.map((point) => point.size), names: points.map((point) => String(point.size)) };
      const sum = (point) => Object.values(point.cpuMicros).reduce((a, b) => a + b, 0);
      const parts = [...new Set(points.flatMap((point) => Object.keys(point.cpuMicros)))].sort();
      chart(`Cost of a market message by number of ${of}`, "", x, { label: "CPU, microseconds" }, [
        { name: "all", values: points.map(sum), isSum: true },
        { name: "all but compilers", values: points.map((point) => sum(point) - point.compilerMicros), isSum: true, isDashed: true },
        ...parts.map((part) => ({ name: part, values: points.map((point) => point.cpuMicros[part] ?? null) })),
      ]);
      chart(`Delay by number of ${of}`, "From when the venue was to send.", x,
        { label: "milliseconds (logarithmic)", log: true },
        [["tick, p50", "tickP50"], ["tick, p99", "tickP99"], ["fill, p50", "fillP50"], ["fill, p99", "fillP99"]]
          .map(([name, field]) => ({ name, values: points.map((point) => point[field]) })));
    }
  }

  function overhead() {
    const names = data.overhead.map((each) => String(each.messages));
    chart("Journal and atomic commit over a bare PUBLISH of the same frames", "",
      { label: "messages in a frame", values: names, names }, { label: "times" },
      [{ name: "frames/s of PUBLISH by frames/s of commit", values: data.overhead.map((each) => each.publish / each.commit) }]);
  }

  throughput();
  delays();
  scaling();
  growth();
  overhead();
})();
