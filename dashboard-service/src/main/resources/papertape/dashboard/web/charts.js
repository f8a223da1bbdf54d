// Charts drawn by TradingView Lightweight Charts; its attribution stands at the page's foot.
import { createChart, CandlestickSeries, HistogramSeries, LineSeries, AreaSeries, createSeriesMarkers }
  from './vendor/lightweight-charts.js';
import { html, useEffect, useRef } from './lib.js';
import { chartTime } from './format.js';

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function options() {
  return {
    autoSize: true,
    layout: {
      background: { type: 'solid', color: color('--panel') },
      textColor: color('--muted'),
      fontFamily: 'inherit',
      attributionLogo: false,
    },
    grid: { vertLines: { color: color('--line') }, horzLines: { color: color('--line') } },
    rightPriceScale: { borderColor: color('--line') },
    timeScale: { borderColor: color('--line'), timeVisible: true, secondsVisible: true, rightOffset: 4 },
    crosshair: { mode: 0 },
  };
}

/** Makes a chart in a box and throws it away with it; a change of theme makes it again. */
export function useChart(build, deps) {
  const box = useRef(null);
  const kept = useRef(null);
  useEffect(() => {
    const chart = createChart(box.current, options());
    kept.current = build(chart);
    return () => {
      kept.current = null;
      chart.remove();
    };
  }, deps);
  return [box, kept];
}

const LINES = ['--line-a', '--line-b', '--line-c', '--line-d', '--line-e'];

/** Times strictly rising, as the chart wants them; of equal ones the last counts. */
export function rising(points) {
  const found = [];
  for (const point of points) {
    if (found.length && found[found.length - 1].time >= point.time) {
      if (found[found.length - 1].time === point.time) found[found.length - 1] = point;
      continue;
    }
    found.push(point);
  }
  return found;
}

const SIGNS = { opened: 'arrowUp', resumed: 'arrowUp', halted: 'square', reducing: 'square', fault: 'square' };

/** Equity of some accounts: {account, points: [{ts, equity}], markers: [{ts, kind, text}]}. */
export function EquityChart({ curves, theme, zone, label }) {
  const names = curves.map((c) => c.account).join('|');
  const [box, kept] = useChart((chart) => {
    const isOne = curves.length === 1;
    return curves.map((curve, i) => {
      const line = color(LINES[i % LINES.length]);
      const series = isOne
        ? chart.addSeries(AreaSeries, { lineColor: line, topColor: `${line}44`, bottomColor: `${line}05`, lineWidth: 2 })
        : chart.addSeries(LineSeries, { color: line, lineWidth: 2, title: curve.account });
      return { chart, series, markers: createSeriesMarkers(series, []), last: 0 };
    });
  }, [names, theme, zone]);
  useEffect(() => {
    kept.current?.forEach((each, i) => {
      const points = rising(curves[i].points.map((p) => ({ time: chartTime(p.ts), value: Number(p.equity) })));
      const grown = points.length - each.last;
      if (each.last > 0 && grown >= 0 && grown < 3) points.slice(-1 - grown).forEach((p) => each.series.update(p));
      else {
        each.series.setData(points);
        each.chart.timeScale().fitContent();
      }
      each.last = points.length;
      each.markers.setMarkers(curves[i].markers.map((m) => ({
        time: chartTime(m.ts),
        position: 'aboveBar',
        shape: SIGNS[m.kind] ?? 'circle',
        color: m.kind === 'halted' ? color('--down') : color('--accent'),
        text: m.kind,
        size: 0.7,
      })));
    });
  }, [curves, names, theme, zone]);
  return html`<div class="chart" ref=${box} role="img" aria-label=${label}></div>`;
}

/** Candles with volume, own fills as marks, working orders as lines of price. `feed` is given functions to update it. */
export function CandleChart({ candles, fills, orders, digits, theme, zone, label, onPrice, feed }) {
  const [box, kept] = useChart((chart) => {
    const format = { type: 'price', precision: digits, minMove: 1 / 10 ** digits };
    const series = chart.addSeries(CandlestickSeries, {
      upColor: color('--up'), downColor: color('--down'), borderUpColor: color('--up'), borderDownColor: color('--down'),
      wickUpColor: color('--up'), wickDownColor: color('--down'), priceFormat: format,
    });
    const volume = chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume', priceFormat: { type: 'volume' }, color: color('--volume'), lastValueVisible: false,
      priceLineVisible: false,
    });
    chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    chart.subscribeClick((e) => e.point && onPrice?.(series.coordinateToPrice(e.point.y)));
    return { chart, series, volume, markers: createSeriesMarkers(series, []), lines: [] };
  }, [digits, theme, zone]);
  useEffect(() => {
    const c = kept.current;
    if (!c) return;
    c.series.setData(rising(candles.map(candle)));
    c.volume.setData(rising(candles.map(bar)));
    c.chart.timeScale().scrollToRealTime();
  }, [candles, digits, theme, zone]);
  useEffect(() => {
    if (feed) feed.current = (row) => {
      try {
        kept.current?.series.update(candle(row));
        kept.current?.volume.update(bar(row));
      } catch {
        // a bar older than the last one drawn: the next reading of the history has it
      }
    };
  }, [digits, theme, zone]);
  useEffect(() => {
    kept.current?.markers.setMarkers(fills.map((f) => ({
      time: chartTime(f.ts),
      position: f.side === 'buy' ? 'belowBar' : 'aboveBar',
      shape: f.side === 'buy' ? 'arrowUp' : 'arrowDown',
      color: f.side === 'buy' ? color('--up') : color('--down'),
      text: `${f.side === 'buy' ? 'B' : 'S'} ${f.qty}`,
    })));
  }, [fills, candles, digits, theme, zone]);
  const shown = orders.map((o) => `${o.orderId} ${o.limitPx ?? o.stopPx} ${o.leavesQty}`).join('|');
  useEffect(() => {
    const c = kept.current;
    if (!c) return;
    c.lines.forEach((line) => c.series.removePriceLine(line));
    c.lines = orders.filter((o) => o.limitPx ?? o.stopPx).map((o) => c.series.createPriceLine({
      price: Number(o.limitPx ?? o.stopPx),
      color: o.side === 'buy' ? color('--up') : color('--down'),
      lineStyle: 2,
      axisLabelVisible: true,
      title: `${o.side} ${o.leavesQty}`,
    }));
  }, [shown, digits, theme, zone]);
  return html`<div class="chart tall" ref=${box} role="img" aria-label=${label}></div>`;
}

const candle = (r) => ({
  time: chartTime(r.ts), open: Number(r.open), high: Number(r.high), low: Number(r.low), close: Number(r.close),
});
const bar = (r) => ({ time: chartTime(r.ts), value: Number(r.volume) });

/** Share of the peak that is lost over time. */
export function DrawdownChart({ points, theme, zone, label }) {
  const [box, kept] = useChart((chart) => ({
    chart,
    series: chart.addSeries(AreaSeries, {
      lineColor: color('--down'), topColor: `${color('--down')}05`, bottomColor: `${color('--down')}55`, lineWidth: 2, invertFilledArea: true,
      priceFormat: { type: 'custom', minMove: 0.0001, formatter: (v) => `${v.toFixed(3)} %` },
    }),
  }), [theme, zone]);
  useEffect(() => {
    kept.current?.series.setData(rising(points.map((p) => ({ time: chartTime(p.ts), value: -Math.abs(Number(p.fraction)) * 100 }))));
    kept.current?.chart.timeScale().fitContent();
  }, [points, theme, zone]);
  return html`<div class="chart" ref=${box} role="img" aria-label=${label}></div>`;
}
