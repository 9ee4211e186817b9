// The script of a report: figures that can be zoomed, a surface that can be turned, tables that can be sorted.
// The page is complete without it; figures and surface need plotly.js, which stands in the script before.
"use strict";
(() => {
  const element = (id) => document.getElementById(id);
  const data = (id) => element(id) && JSON.parse(element(id).textContent);
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = () => innerWidth < 600;

  /// The colours of the style sheet, light or dark.
  function theme() {
    const probe = document.body.appendChild(document.createElement("i"));
    const colour = (name) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    const result = {
      ink: colour("ink"), soft: colour("soft"), faint: colour("faint"), panel: colour("panel"),
      curves: [0, 1, 2, 3, 4, 5, 6, 7].map((i) => colour("c" + i)),
    };
    probe.remove();
    return result;
  }

  const faded = (colour) => colour.replace("rgb(", "rgba(").replace(")", ", 0.22)");
  const font = (ink) => ({ family: getComputedStyle(document.body).fontFamily, size: 13, color: ink });
  const symbols = ["circle-open", "square-open", "diamond-open", "triangle-up-open", "x-open", "star-open", "hexagon-open", "cross-open"];

  /// A curve as one trace of plotly.js, or two where it is a band.
  function traces(curve, i, figure, colours) {
    const colour = colours.curves[curve.colour < 0 ? i % colours.curves.length : curve.colour];
    const name = curve.name.replaceAll("<", "&lt;");
    const trace = {
      type: "scatter", x: curve.x, y: curve.y, name, legendgroup: String(i),
      mode: [curve.line !== "none" && "lines", curve.marks && "markers"].filter(Boolean).join("+") || "none",
      line: { color: colour, width: 2, dash: curve.line, shape: curve.steps ? "hv" : "linear" },
      marker: { color: colour, symbol: symbols[i % symbols.length], size: 8, line: { width: 1.6 } },
      hovertemplate: `${figure.x.label.split(" in ")[0]} = %{x:.6g}<br>${name}: %{y:.6g}<extra></extra>`,
    };
    if (curve.filled) {
      Object.assign(trace, { fill: "tozeroy", fillcolor: faded(colour) });
    }
    if (curve.errors.length) {
      trace.error_y = { type: "data", array: curve.errors, color: colour, thickness: 1.5, width: 3 };
    }
    if (!curve.upper.length) {
      return [trace];
    }
    const edge = { ...trace.line, width: 1 };
    const lower = curve.line === "none" && !curve.marks;
    return [
      { ...trace, mode: lower ? "lines" : trace.mode, line: lower ? edge : trace.line, showlegend: false },
      { ...trace, y: curve.upper, mode: "lines", line: edge, fill: "tonexty", fillcolor: faded(colour) },
    ];
  }

  function drawFigure(figure, colours) {
    const place = document.querySelector(`[data-figure="${figure.id}"]`);
    if (!place.classList.contains("drawn")) {
      place.replaceChildren();
      place.classList.add("drawn");
    }
    const [xLow, xHigh, yLow, yHigh] = figure.extent;
    const axis = (a, low, high) => ({
      title: { text: a.label, standoff: 8 }, type: a.log ? "log" : "linear",
      range: a.log ? [Math.log10(low), Math.log10(high)] : [low, high],
      gridcolor: colours.faint, linecolor: colours.faint, zerolinecolor: colours.soft, automargin: true,
      exponentformat: a.log || high >= 1e6 || high < 1e-3 ? "power" : "none", ...(a.log ? { dtick: Math.log10(high / low) > 1.5 ? Math.max(1, Math.floor(Math.log10(high / low) / 6)) : "D2" } : {}),
    });
    const shown = figure.limit !== null && figure.limit > xLow && figure.limit < xHigh;
    const layout = {
      font: font(colours.ink), paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      margin: { l: 52, r: 12, t: 30, b: 44 }, hovermode: "closest", uirevision: "kept",
      xaxis: axis(figure.x, xLow, xHigh), yaxis: axis(figure.y, yLow, yHigh),
      legend: { orientation: "h", x: 0, y: -0.2, yanchor: "top" },
      hoverlabel: { bgcolor: colours.panel, bordercolor: colours.faint, font: font(colours.ink) },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colours.faint, activecolor: colours.ink },
      shapes: shown ? [{ type: "line", xref: "x", yref: "paper", x0: figure.limit, x1: figure.limit, y0: 0, y1: 1,
        line: { color: colours.ink, width: 1.2, dash: "dot" } }] : [],
      annotations: shown ? [{ xref: "x", yref: "paper", x: figure.x.log ? Math.log10(figure.limit) : figure.limit, y: 1,
        text: figure.limit_label, showarrow: false, yanchor: "bottom", font: { size: 12, color: colours.ink } }] : [],
    };
    const config = {
      responsive: true, displaylogo: false, displayModeBar: narrow() ? false : "hover",
      modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
      toImageButtonOptions: { format: "svg", filename: figure.id },
    };
    return Plotly.react(place, figure.curves.flatMap((c, i) => traces(c, i, figure, colours)), layout, config);
  }

  /// Numbers from base64.
  function unpacked(text, Type) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return new Type(bytes.buffer);
  }

  /// Blue below 0, orange above: told apart with every kind of colour vision, and of even lightness on both sides.
  const diverging = [[0, "#0a4f8f"], [0.25, "#5a9fd4"], [0.5, "#f4f2ee"], [0.75, "#e8a04c"], [1, "#a84700"]];

  /// The surface, ready to be coloured by one function after the other.
  class Surface {
    constructor(view) {
      const points = unpacked(view.positions, Float32Array);
      this.corners = unpacked(view.triangles, Uint32Array);
      this.values = unpacked(view.values, Int16Array);
      this.view = view;
      const n = points.length / 3;
      const column = (values, step, i) => Float64Array.from({ length: values.length / step }, (_, j) => values[step * j + i]);
      [this.x, this.y, this.z] = [0, 1, 2].map((i) => column(points, 3, i));
      [this.i, this.j, this.k] = [0, 1, 2].map((i) => Array.from(column(this.corners, 3, i)));
      const extents = [this.x, this.y, this.z].map((c) => c.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]));
      this.extents = extents;
      this.sizes = extents.map(([low, high]) => high - low);
      this.normals = this.vertexNormals(n);
      this.lift = 0.0025 * Math.hypot(...this.sizes);
      this.neighbours = null;
    }

    vertexNormals(n) {
      const normals = new Float64Array(3 * n);
      for (let t = 0; t < this.i.length; ++t) {
        const [a, b, c] = [this.i[t], this.j[t], this.k[t]];
        const u = [this.x[b] - this.x[a], this.y[b] - this.y[a], this.z[b] - this.z[a]];
        const v = [this.x[c] - this.x[a], this.y[c] - this.y[a], this.z[c] - this.z[a]];
        const w = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
        for (const p of [a, b, c]) {
          for (let i = 0; i < 3; ++i) {
            normals[3 * p + i] += w[i];
          }
        }
      }
      for (let p = 0; p < n; ++p) {
        const length = Math.hypot(normals[3 * p], normals[3 * p + 1], normals[3 * p + 2]) || 1;
        for (let i = 0; i < 3; ++i) {
          normals[3 * p + i] /= length;
        }
      }
      return normals;
    }

    function(k) {
      const n = this.x.length;
      return this.values.subarray(k * n, (k + 1) * n);
    }

    /// A point between two vertices, a little off the surface: to `side` +1 or −1.
    between(a, b, part, side) {
      const mix = (p, q) => p + part * (q - p);
      return [this.x, this.y, this.z].map((c, i) =>
        mix(c[a], c[b]) + side * this.lift * mix(this.normals[3 * a + i], this.normals[3 * b + i]));
    }

    /// The lines where the piecewise linear function f is 0, as segments with gaps between them.
    nodalLines(f) {
      const out = { x: [], y: [], z: [] };
      const segment = (p, q) => {
        for (const side of [1, -1]) {
          for (const [a, b, part] of [p, q]) {
            const [x, y, z] = this.between(a, b, part, side);
            out.x.push(x);
            out.y.push(y);
            out.z.push(z);
          }
          out.x.push(null);
          out.y.push(null);
          out.z.push(null);
        }
      };
      const edgesOfZeros = new Map(); // the sign of f on the one side of an edge on which it is 0
      for (let t = 0; t < this.i.length; ++t) {
        const corners = [this.i[t], this.j[t], this.k[t]];
        const ends = [];
        let zeros = 0;
        for (let e = 0; e < 3; ++e) {
          const [a, b] = [corners[e], corners[(e + 1) % 3]];
          if (f[a] * f[b] < 0) {
            ends.push([a, b, f[a] / (f[a] - f[b])]);
          }
          if (f[a] === 0) {
            ++zeros;
            ends.push([a, a, 0]);
          }
        }
        if (zeros === 2) {
          const key = ends.map(([a]) => a).sort((p, q) => p - q).join();
          const sign = Math.sign(corners.reduce((s, c) => s + f[c], 0));
          if (edgesOfZeros.get(key) === -sign) {
            segment(...ends);
          }
          edgesOfZeros.set(key, sign);
        } else if (ends.length === 2) {
          segment(...ends);
        }
      }
      return out;
    }

    /// Local extrema of at least a third of the largest value, at most 60 of them: readable without colour.
    extrema(f) {
      const above = new Uint8Array(f.length).fill(1); // |f| is largest among neighbours
      for (let t = 0; t < this.i.length; ++t) {
        const corners = [this.i[t], this.j[t], this.k[t]];
        for (const a of corners) {
          for (const b of corners) {
            if (a !== b && (Math.abs(f[b]) > Math.abs(f[a]) || (f[b] === f[a] && b < a))) {
              above[a] = 0;
            }
          }
        }
      }
      const found = [];
      above.forEach((is, v) => is && Math.abs(f[v]) > 11000 && found.push(v));
      found.sort((a, b) => Math.abs(f[b]) - Math.abs(f[a]));
      const out = { x: [], y: [], z: [], text: [] };
      for (const v of found.slice(0, 60)) {
        for (const side of this.view.flat ? [4] : [8, -8]) {
          const [x, y, z] = this.between(v, v, 0, side);
          out.x.push(x);
          out.y.push(y);
          out.z.push(z);
          out.text.push(f[v] > 0 ? "+" : "−");
        }
      }
      return out;
    }

    traces(k, options) {
      const light = { lighting: { ambient: 0.75, diffuse: 0.45, specular: 0.08, roughness: 0.9, fresnel: 0.05 }, lightposition: { x: 1e4, y: 2e4, z: 3e4 } };
      const mesh = { type: "mesh3d", x: this.x, y: this.y, z: this.z, i: this.i, j: this.j, k: this.k, flatshading: false, ...light };
      if (k === null) {
        return [{ ...mesh, color: "#b9c4d0", hoverinfo: "skip" }];
      }
      const f = this.function(k);
      const scale = this.view.scales[k];
      const result = [{
        ...mesh, intensity: Float64Array.from(f, (v) => (v * scale) / 32767), colorscale: diverging, cmin: -scale || -1, cmax: scale || 1,
        colorbar: {
          title: { text: narrow() ? "" : "φ", side: "top" }, outlinewidth: 0, thickness: narrow() ? 8 : 14,
          ...(narrow() ? { orientation: "h", x: 0.5, xanchor: "center", y: 0, yanchor: "bottom", len: 0.8 } : { len: 0.75, x: 1, xanchor: "right" }),
        },
        hovertemplate: "φ = %{intensity:.4g}<br>at (%{x:.4g}, %{y:.4g}, %{z:.4g})<extra></extra>",
      }];
      if (options.nodal) {
        result.push({ type: "scatter3d", mode: "lines", ...this.nodalLines(f), line: { color: "#111111", width: 3.5 }, hoverinfo: "skip", showlegend: false });
      }
      if (options.signs) {
        result.push({ type: "scatter3d", mode: "text", textposition: "middle center", ...this.extrema(f), textfont: { size: 20, color: "#111111" }, hoverinfo: "skip", showlegend: false });
      }
      return result;
    }

    /// How a figure is looked at; `up` is the axis that points upward, 0, 1 or 2.
    layout(colours, up) {
      const unit = (i, on = 1, off = 0) => ({ x: i === 0 ? on : off, y: i === 1 ? on : off, z: i === 2 ? on : off });
      const margin = 0.03 * Math.max(...this.sizes); // for what is drawn off the surface
      const axis = ([low, high]) => ({ visible: false, showspikes: false, range: [low - margin, high + margin] });
      const [xaxis, yaxis, zaxis] = this.extents.map(axis);
      const [x, y, z] = this.sizes.map((size) => (size + 2 * margin) / Math.max(...this.sizes));
      // The field of view is as high on every screen, not as wide.
      const away = (narrow() ? 1.2 : 1) * (this.view.flat ? 1 : Math.max(0.7, Math.hypot(x, y, z) / Math.sqrt(3)));
      return {
        font: font(colours.ink), paper_bgcolor: "rgba(0,0,0,0)", margin: { l: 0, r: 0, t: 0, b: 0 }, uirevision: String(up),
        hoverlabel: { bgcolor: colours.panel, bordercolor: colours.faint, font: font(colours.ink) },
        modebar: { bgcolor: "rgba(0,0,0,0)", color: colours.faint, activecolor: colours.ink },
        scene: {
          domain: { y: [narrow() && this.view.scales.length ? 0.12 : 0, 1] },
          aspectmode: "manual", aspectratio: { x, y, z }, dragmode: this.view.flat ? "pan" : "orbit", xaxis, yaxis, zaxis,
          camera: this.view.flat
            ? { up: { x: 0, y: 1, z: 0 }, eye: { x: 0, y: 0, z: 1.5 * away } }
            : { up: unit(up), eye: unit(up, 0.45 * away, 0.9 * away) },
        },
      };
    }
  }

  function hasWebGL() {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
  }

  /// The view and its controls; returns what draws it again.
  function showSurface(view) {
    const figure = element("surface");
    figure.hidden = false;
    const plot = element("surface-plot");
    if (!hasWebGL()) {
      plot.classList.remove("tall");
      plot.textContent = "This browser has no WebGL, which the view in space needs.";
      return () => {};
    }
    const surface = new Surface(view);
    const sizes = surface.sizes.slice(0, view.flat ? 2 : 3).map((s) => s.toPrecision(3)).join(" × ");
    element("surface-size").textContent = `The box around it is ${sizes}, in the unit of length of the mesh.`;
    const slider = element("mode");
    const config = { responsive: true, displaylogo: false, displayModeBar: narrow() ? false : "hover", toImageButtonOptions: { filename: "eigenfunction" }, modeBarButtonsToRemove: ["tableRotation", "resetCameraLastSave3d"] };
    const draw = () => {
      const k = slider ? Number(slider.value) : null;
      if (slider) {
        element("mode-label").textContent = view.labels[k];
        slider.setAttribute("aria-valuetext", view.labels[k]);
      }
      const options = slider ? { nodal: element("nodal").checked, signs: element("signs").checked } : {};
      return Plotly.react(plot, surface.traces(k, options), surface.layout(theme(), Number(element("up").value)), config);
    };
    if (slider) {
      let waiting = false;
      const soon = () => {
        if (!waiting) {
          waiting = true;
          requestAnimationFrame(() => {
            waiting = false;
            draw();
          });
        }
      };
      const step = (by) => () => {
        slider.value = Number(slider.value) + by;
        soon();
      };
      slider.addEventListener("input", soon);
      element("mode-before").addEventListener("click", step(-1));
      element("mode-after").addEventListener("click", step(1));
      element("nodal").addEventListener("change", soon);
      element("signs").addEventListener("change", soon);
    }
    element("up").addEventListener("change", draw);
    return draw;
  }

  /// Columns sort by number where all cells begin with one, else as words; a second click turns the order round.
  function makeSortable(table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const value = (row, column) => row.cells[column]?.textContent.trim() ?? "";
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
        const compare = head.classList.contains("words")
          ? (a, b) => value(a, column).localeCompare(value(b, column), "en", { numeric: true })
          : (a, b) => (parseFloat(value(a, column)) || 0) - (parseFloat(value(b, column)) || 0);
        body.append(...[...body.rows].sort((a, b) => turn * compare(a, b)));
      });
    });
  }

  /// Asks for the other colours, and calls `redraw` whenever they change, also with the reader's system.
  function offerColours(redraw) {
    const button = element("scheme");
    const root = document.documentElement;
    const isDark = () => (root.style.colorScheme || (systemIsDark.matches ? "dark" : "light")) === "dark";
    const changed = () => {
      button.textContent = isDark() ? "Light" : "Dark";
      redraw();
    };
    button.addEventListener("click", () => {
      root.style.colorScheme = isDark() ? "light" : "dark";
      changed();
    });
    systemIsDark.addEventListener("change", changed);
    button.hidden = false;
    changed();
  }

  document.querySelectorAll("table").forEach(makeSortable);
  const figures = data("weyl-figures");
  const draws = [];
  if (figures && typeof Plotly !== "undefined") {
    const view = data("weyl-surface");
    draws.push(() => {
      const colours = theme();
      figures.forEach((figure) => drawFigure(figure, colours));
    }, view ? showSurface(view) : () => {});
  }
  offerColours(() => draws.forEach((draw) => draw()));
})();
