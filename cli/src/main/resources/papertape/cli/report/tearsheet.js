"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (digits) => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const money = number(2);
  const percent = number(2);
  const DAY = 86400;

  const shown = (format, unit) => (chart, value) => (value == null ? "–" : format.format(value) + unit);

  /** Labels with as many decimals as tell one tick from the next. */
  const ticks = (unit) => (chart, values, axis, space, step) => {
    const digits = Math.min(8, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
    const format = number(digits);
    return values.map((value) => format.format(value) + unit);
  };

  /** Room for the widest label, and enough of it that the charts' times stand below each other. */
  const width = (chart, values) =>
    values == null ? 84 : Math.max(84, 22 + 7.2 * Math.max(...values.map((value) => String(value).length)));

  /** By step between ticks in seconds: the label, and what a change of year or day adds below it. */
  const dates = [
    [DAY * 28, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
    [DAY, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
    [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
    [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
    [0.001, "{HH}:{mm}:{ss}.{fff}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  ];

  const time = (format) => {
    const at = (seconds) => new Date(seconds * 1000).toISOString();
    return { label: "UTC", value: (chart, value) => (value == null ? "–" : format(at(value))) };
  };
  const moment = time((iso) => iso.slice(0, 19).replace("T", " "));
  const day = time((iso) => iso.slice(0, 10));

  function axes(unit) {
    const look = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 } };
    const font = "12px system-ui, sans-serif";
    return [
      { ...look, font, values: dates, space: 90 },
      { ...look, font, values: ticks(unit), size: width, space: 28 },
    ];
  }

  function draw(id, height, columns, series, unit, more) {
    const box = document.getElementById(id);
    box.replaceChildren();
    if (columns[0].length === 0) {
      const empty = document.createElement("div");
      empty.className = "empty";
      empty.textContent = "No data yet.";
      box.append(empty);
      return null;
    }
    const options = {
      width: Math.max(260, box.clientWidth),
      height,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: { y: false },
      axes: axes(unit),
      series,
      ...more,
    };
    return new uPlot(options, columns, box);
  }

  /** All of [low, high], or what the reader zoomed into. */
  const all = (times, low, high) => (chart, from, to) =>
    times.length < 2 || (from <= times[0] && to >= times[times.length - 1]) ? [low, high] : [from, to];

  /** The whole period, also before the first fill and after the last. */
  function overPeriod([times, ...series], period) {
    if (times.length === 0 || period.length === 0) {
      return [times, ...series];
    }
    const end = period[period.length - 1];
    const before = period[0] < times[0] ? [period[0]] : [];
    const after = end > times[times.length - 1] ? [end] : [];
    return [
      [...before, ...times, ...after],
      ...series.map((values) => [...before.map(() => 0), ...values, ...after.map(() => values[values.length - 1])]),
    ];
  }

  const padded = (low, high) => (low === high ? [low - Math.max(1, Math.abs(low) * 0.001), high + Math.max(1, Math.abs(high) * 0.001)] : uPlot.rangeNum(low, high, 0.1, true));

  function charts() {
    const sync = { cursor: { y: false, sync: { key: "time" } } };
    const [times, equity, invested, drawdown] = data.equity;
    const dots = { show: times.length === 1 };
    const x = { range: times.length === 1 ? all(times, times[0] - 1800, times[0] + 1800) : (chart, from, to) => [from, to] };
    const step = uPlot.paths.stepped({ align: 1 });
    const drawn = [];
    drawn.push(draw("equity", 280, [times, equity, invested], [
      moment,
      { label: "Equity", stroke: colour("--main"), width: 1.5, points: dots, value: shown(money, "") },
      { label: "Deposits less withdrawals", stroke: colour("--soft"), width: 1, dash: [5, 4], paths: step, points: dots, value: shown(money, "") },
    ], "", { ...sync, scales: { x, y: { range: (chart, low, high) => padded(low, high) } } }));
    drawn.push(draw("drawdown", 170, [times, drawdown], [
      moment,
      { label: "Drawdown", stroke: colour("--down"), fill: colour("--lost"), width: 1.5, points: dots, value: shown(percent, " %") },
    ], " %", { ...sync, scales: { x, y: { range: (chart, low) => [low === 0 ? -1 : low * 1.1, 0] } } }));
    const bars = uPlot.paths.bars({ size: [0.7, 60], align: 0 });
    const bar = (label, name) => ({ label, stroke: colour(name), fill: colour(name), width: 0, paths: bars, points: { show: false }, value: shown(percent, " %") });
    const days = data.returns[0];
    const margin = DAY * Math.max(0.7, 3.5 - days.length / 2);
    const [dayAxis, percentAxis] = axes(" %");
    const wholeDays = { ...dayAxis, incrs: [1, 2, 7, 14, 28, 91, 182, 364].map((n) => n * DAY) };
    drawn.push(draw("returns", 190, data.returns, [day, bar("Gain", "--up"), bar("Loss", "--down")], " %", {
      axes: [wholeDays, percentAxis],
      scales: {
        x: { range: all(days, days[0] - margin, days[days.length - 1] + margin) },
        y: { range: (chart, low, high) => (low == null || (low === 0 && high === 0) ? [-1, 1] : [Math.min(0, low * 1.15), Math.max(0, high * 1.15)]) },
      },
    }));
    const exposure = overPeriod(data.exposure, times);
    const line = (label, name) => ({ label, stroke: colour(name), width: 1.5, paths: step, points: { show: exposure[0].length === 1 }, value: shown(money, "") });
    drawn.push(draw("exposure", 200, exposure, [moment, line("Gross", "--main"), line("Net", "--second")], "", {
      ...sync,
      scales: {
        x: { range: exposure[0].length === 1 ? all(exposure[0], exposure[0][0] - 1800, exposure[0][0] + 1800) : (chart, from, to) => [from, to] },
        y: { range: (chart, low, high) => padded(Math.min(0, low), Math.max(0, high)) },
      },
    }));
    return drawn.filter((chart) => chart !== null);
  }

  let drawn = charts();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    drawn.forEach((chart) => chart.destroy());
    drawn = charts();
  });
  addEventListener("resize", () => drawn.forEach((chart) =>
    chart.setSize({ width: Math.max(260, chart.root.parentElement.clientWidth), height: chart.height })));
})();
