/* The report page: timeline, charts, filter, sorting, grouping and each group's story. It asks nobody for anything, unless the
   page says where the same comes from while the run goes (data-live). Texts go in as text only. */
(function () {
  "use strict";
  var COLUMNS = { wave: "Wave", environment: "Environment", account: "Account", outcome: "Outcome" };
  var LIVE_EVERY = 15000;

  function element(name, kind, text) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function pad(number) { return (number < 10 ? "0" : "") + number; }
  function clock(seconds) {
    var at = new Date(seconds * 1000);
    return at.toISOString().slice(0, 10) + " " + pad(at.getUTCHours()) + ":" + pad(at.getUTCMinutes()) + ":" + pad(at.getUTCSeconds());
  }
  function color(root, name) { return getComputedStyle(root).getPropertyValue("--" + name).trim(); }
  /* Marks of a time axis: the hour, and the day under the first of each. */
  function marks(u, splits) {
    return splits.map(function (at, index) {
      var text = clock(at), day = text.slice(5, 10);
      var isNew = index === 0 || clock(splits[index - 1]).slice(5, 10) !== day;
      return text.slice(11, splits.length > 1 && splits[1] - splits[0] < 60 ? 19 : 16) + (isNew ? "\n" + day : "");
    });
  }
  function utc(seconds) { return uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"); }

  function unpacked(root) {
    var packed = root.querySelector(".amr-stories");
    var text = packed ? packed.textContent.trim() : "";
    if (!text || typeof DecompressionStream === "undefined") return Promise.resolve({ groups: [], calls: [] });
    var bytes = Uint8Array.from(atob(text), function (letter) { return letter.charCodeAt(0); });
    packed.textContent = "";
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  function Page(root, kept) {
    this.root = root;
    this.kept = kept || { filter: "", outcome: "", environment: "", account: "", group: "", sort: -1, down: false, open: {} };
    this.from = Number(root.dataset.from);
    this.to = Number(root.dataset.to);
    this.table = root.querySelector("table.amr-groups");
    this.rows = this.table ? Array.from(this.table.tBodies[0].rows) : [];
    this.stories = null;
    this.charts = [];
    if (this.table) {
      this.rows.forEach(this.prepare, this);
      this.controls();
      this.arrange();
    }
  }

  /* ---- the table ---- */
  Page.prototype.prepare = function (row, index) {
    row.amr = {
      index: index,
      name: row.cells[0].querySelector("a").textContent,
      text: row.textContent.toLowerCase() + " " + row.dataset.wave.toLowerCase(),
      key: Array.from(row.cells, function (cell) { return cell.textContent; })
    };
    row.amr.key[6] = row.dataset.started !== "0" ? row.dataset.started.padStart(12, "0") : row.dataset.window.padStart(12, "0");
    var button = element("button", "amr-more", "");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", "What happened to " + row.amr.name);
    button.addEventListener("click", this.toggle.bind(this, row));
    row.cells[0].insertBefore(button, row.cells[0].firstChild);
    row.amr.button = button;
  };

  Page.prototype.controls = function () {
    var page = this;
    var bar = element("div", "amr-bar");
    bar.setAttribute("role", "search");
    var search = element("input");
    search.type = "search";
    search.value = page.kept.filter;
    search.placeholder = "name, account, reason ...";
    bar.appendChild(labelled("Filter", search));
    search.addEventListener("input", function () { page.kept.filter = search.value; page.arrange(); });
    ["outcome", "environment", "account"].forEach(function (what) {
      var values = Array.from(new Set(page.rows.map(function (row) { return row.dataset[what]; }))).sort();
      if (values.length > 1) {
        bar.appendChild(labelled(COLUMNS[what], choice(["any"].concat(values), page.kept[what], function (value) {
          page.kept[what] = value;
          page.arrange();
        })));
      }
    });
    bar.appendChild(labelled("Group by", choice(["nothing"].concat(Object.keys(COLUMNS)), page.kept.group, function (value) {
      page.kept.group = value;
      page.arrange();
    })));
    page.status = element("p", "note amr-status");
    page.status.setAttribute("role", "status");
    bar.appendChild(page.status);
    var scroll = page.table.parentNode;
    scroll.parentNode.insertBefore(bar, scroll);
    Array.from(page.table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = element("button", "amr-sort", head.textContent);
      button.type = "button";
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        page.kept.down = page.kept.sort === column && !page.kept.down;
        page.kept.sort = column;
        page.arrange();
      });
    });
  };

  function labelled(text, control) {
    var label = element("label", "", text + " ");
    label.appendChild(control);
    return label;
  }
  function choice(values, chosen, change) {
    var select = element("select");
    values.forEach(function (value, index) {
      var option = element("option", "", value === "" ? "none" : value);
      option.value = index === 0 ? "" : value === "" ? "\u0000" : value;
      option.selected = option.value === chosen;
      select.appendChild(option);
    });
    select.addEventListener("change", function () { change(select.value); });
    return select;
  }

  Page.prototype.isShown = function (row) {
    var kept = this.kept;
    var words = kept.filter.toLowerCase().split(/\s+/).filter(Boolean);
    return words.every(function (word) { return row.amr.text.indexOf(word) >= 0; })
      && ["outcome", "environment", "account"].every(function (what) {
        return kept[what] === "" || row.dataset[what] === (kept[what] === "\u0000" ? "" : kept[what]);
      });
  };

  Page.prototype.arrange = function () {
    var page = this, kept = page.kept;
    var shown = page.rows.filter(page.isShown, page);
    if (kept.sort >= 0) {
      shown.sort(function (one, other) {
        var order = one.amr.key[kept.sort].localeCompare(other.amr.key[kept.sort], "en", { numeric: true });
        return (kept.down ? -order : order) || one.amr.index - other.amr.index;
      });
    }
    var body = document.createDocumentFragment();
    page.sections(shown).forEach(function (section) {
      if (section.title !== null) body.appendChild(page.heading(section));
      section.rows.forEach(function (row) {
        body.appendChild(row);
        if (row.amr.more) body.appendChild(row.amr.more);
      });
    });
    page.table.tBodies[0].replaceChildren(body);
    page.status.textContent = shown.length === page.rows.length
      ? page.rows.length + (page.rows.length === 1 ? " group" : " groups") : shown.length + " of " + page.rows.length + " groups";
    Array.from(page.table.tHead.rows[0].cells).forEach(function (head, column) {
      head.setAttribute("aria-sort", column !== kept.sort ? "none" : kept.down ? "descending" : "ascending");
    });
    page.shown = shown;
    if (page.timeline) page.timeline.show(shown);
  };

  Page.prototype.sections = function (rows) {
    var what = this.kept.group;
    if (!what) return [{ title: null, rows: rows }];
    var sections = new Map();
    rows.forEach(function (row) {
      var title = row.dataset[what];
      if (!sections.has(title)) sections.set(title, { title: title, rows: [] });
      sections.get(title).rows.push(row);
    });
    return Array.from(sections.values());
  };

  Page.prototype.heading = function (section) {
    var counts = {};
    section.rows.forEach(function (row) { counts[row.dataset.outcome] = (counts[row.dataset.outcome] || 0) + 1; });
    var row = element("tr", "amr-section");
    var cell = element("th", "", (section.title || "none") + ": "
      + Object.keys(counts).map(function (outcome) { return counts[outcome] + " " + outcome.replace("-", " "); }).join(", "));
    cell.colSpan = 8;
    cell.scope = "colgroup";
    row.appendChild(cell);
    return row;
  };

  /* ---- one group's story ---- */
  Page.prototype.toggle = function (row) {
    var open = !row.amr.more;
    row.amr.button.setAttribute("aria-expanded", String(open));
    if (open) {
      this.kept.open[row.amr.name] = true;
      row.amr.more = element("tr", "amr-story");
      var cell = element("td");
      cell.colSpan = 8;
      row.amr.more.appendChild(cell);
      row.after(row.amr.more);
      this.story(row, cell);
    } else {
      delete this.kept.open[row.amr.name];
      row.amr.more.remove();
      row.amr.more = null;
    }
  };

  Page.prototype.story = function (row, cell) {
    if (!this.stories) {
      cell.textContent = "...";
      this.waiting = (this.waiting || []).concat([[row, cell]]);
      return;
    }
    cell.textContent = "";
    var story = this.stories.groups[row.amr.index] || { said: [], seen: [], calls: [], tests: [] };
    var links = element("p", "note");
    links.appendChild(row.cells[0].querySelector("a").cloneNode(true)).textContent = "The group in the AWS console";
    if (row.dataset.image) {
      var image = row.cells[0].querySelector("a").cloneNode(true);
      image.textContent = "its new image";
      image.href = row.dataset.image;
      links.append(", ", image);
    }
    cell.appendChild(links);
    if (story.seen.length > 0) this.capacity(row, story, cell);
    list(cell, "What was decided", "Moment;What and why;Changes", story.said.map(function (said) {
      return [clock(said[0]), said[1], said.slice(3).join("; ")];
    }));
    story.tests.forEach(function (test) {
      list(cell, "Smoke test " + test[1].toLowerCase() + ", " + clock(test[0]), "Verdict;Check;On;What came back", test.slice(2).map(function (check) {
        return [check[0].toLowerCase(), check[1], check[2], check[3] + (check[4] > 1 ? " (" + check[4] + " attempts)" : "")];
      }));
    });
    list(cell, "Calls that changed something", "Moment;Operation;On;Request id;Refused", story.calls.map(function (call) {
      return [clock(call[0]), call[1], call[2], call[3], call[4]];
    }));
    if (story.said.length + story.calls.length + story.tests.length === 0) {
      cell.appendChild(element("p", "note", "The record of this run tells nothing more of it: nothing was done, or an older version wrote it."));
    }
  };

  function list(cell, title, columns, rows) {
    if (rows.length === 0) return;
    var details = element("details");
    details.open = rows.length <= 60;
    details.appendChild(element("summary", "", title + " (" + rows.length + ")"));
    var scroll = element("div", "scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", title);
    var table = element("table"), head = element("tr");
    columns.split(";").forEach(function (name) {
      var column = element("th", "", name);
      column.scope = "col";
      head.appendChild(column);
    });
    table.appendChild(element("thead")).appendChild(head);
    var body = table.appendChild(element("tbody"));
    rows.forEach(function (values) {
      var row = body.appendChild(element("tr"));
      values.forEach(function (value, index) { row.appendChild(element("td", index > 0 ? "reason" : "number", value)); });
    });
    scroll.appendChild(table);
    details.appendChild(scroll);
    cell.appendChild(details);
  }

  Page.prototype.capacity = function (row, story, cell) {
    var root = this.root, seen = story.seen.slice();
    var end = Number(row.dataset.ended) || this.to, last = seen[seen.length - 1];
    if (end > last[0]) seen.push([end].concat(last.slice(1)));
    var data = [0, 1, 2, 3, 4, 5].map(function (column) { return seen.map(function (look) { return look[column]; }); });
    var least = Math.min.apply(null, data[2]), figure = element("figure", "amr-capacity");
    figure.appendChild(element("figcaption", "", "Instances: the fewest that served were " + least + ", the floor was " + last[5]));
    var place = element("div");
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", "Curve of serving, new and old instances against the floor; the looks below say the same in figures");
    figure.appendChild(place);
    cell.appendChild(figure);
    var stepped = uPlot.paths.stepped({ align: 1 });
    function series(label, name, dash) { return { label: label, stroke: color(root, name), width: 2, dash: dash, paths: stepped, points: { show: false } }; }
    var text = color(root, "soft"), grid = { stroke: color(root, "line"), width: 1 };
    new uPlot({
      width: Math.max(280, Math.min(900, cell.clientWidth - 24)), height: 220, tzDate: utc,
      scales: { y: { range: function (u, min, max) { return [0, Math.max(1, max + 1)]; } } },
      series: [{ value: function (u, at) { return at == null ? "" : clock(at); } }, series("desired", "soft", [4, 4]), series("serving", "ink"),
        series("new", "refreshed"), series("old", "paused"), series("floor", "failed", [8, 4])],
      axes: [{ stroke: text, grid: grid, ticks: grid, values: marks }, { stroke: text, grid: grid, ticks: grid, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }]
    }, data, place);
    list(figure, "Looks", "Moment;Desired;Serving;New;Old;Floor", story.seen.map(function (look) {
      return [clock(look[0])].concat(look.slice(1).map(String));
    }));
    figure.querySelector("details").open = false;
  };

  /* ---- the timeline ---- */
  function Timeline(page, place) {
    this.page = page;
    this.place = place;
    this.rows = page.shown;
    this.lineHeight = 20;
    this.busy = this.stretches();
    this.buttons();
    this.scroll = element("div", "amr-scroll");
    this.scroll.tabIndex = 0;
    this.scroll.setAttribute("role", "application");
    this.scroll.setAttribute("aria-label", "Timeline; keys + and - zoom, arrows move, 0 shows the whole run. The table below says the same in words.");
    this.spacer = element("div", "amr-spacer");
    this.sticky = element("div", "amr-sticky");
    this.spacer.appendChild(this.sticky);
    this.scroll.appendChild(this.spacer);
    place.appendChild(this.scroll);
    this.told = element("p", "note amr-told", "\u00a0");
    place.appendChild(this.told);
    this.make();
  }

  Timeline.prototype.works = function (row) {
    var from = Number(row.dataset.started), to = Number(row.dataset.ended) || this.page.to;
    return from > 0 && ["refreshed", "rolled-back", "failed", "paused", "unfinished"].indexOf(row.dataset.outcome) >= 0 ? [from, Math.max(from, to)] : null;
  };

  /* Where something is done, with the long waits between left out: each gets a button. */
  Timeline.prototype.stretches = function () {
    var works = this.page.rows.map(this.works, this).filter(Boolean).sort(function (a, b) { return a[0] - b[0]; });
    var busy = [];
    works.forEach(function (work) {
      var last = busy[busy.length - 1];
      if (last && work[0] < last[1] + 5400) last[1] = Math.max(last[1], work[1]);
      else busy.push([work[0], work[1]]);
    });
    return busy;
  };

  Timeline.prototype.buttons = function () {
    var line = this, bar = element("div", "amr-bar");
    function button(text, act) {
      var made = element("button", "", text);
      made.type = "button";
      made.addEventListener("click", act);
      bar.appendChild(made);
    }
    button("Whole run", function () { line.zoom(line.page.from, line.page.to); });
    this.busy.slice(0, 12).forEach(function (stretch) {
      var margin = Math.max(120, (stretch[1] - stretch[0]) * 0.05);
      button(clock(stretch[0]).slice(5, 16), function () { line.zoom(stretch[0] - margin, stretch[1] + margin); });
    });
    this.place.appendChild(bar);
  };

  Timeline.prototype.make = function () {
    var line = this, root = this.page.root;
    var narrow = this.place.clientWidth < 700;
    var text = color(root, "soft"), grid = { stroke: color(root, "line"), width: 1 };
    this.visible = Math.min(Math.max(this.rows.length, 1), 24);
    this.plot = new uPlot({
      width: Math.max(300, this.place.clientWidth - 18), height: this.visible * this.lineHeight + 60, tzDate: utc,
      legend: { show: false }, padding: [8, 8, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
      scales: { x: { time: true, range: function (u, min, max) { return [min, max]; } }, y: { dir: -1, range: function () { return [line.top, line.top + line.visible]; } } },
      series: [{}, { show: true, paths: function () { return null; }, points: { show: false } }],
      axes: [{ stroke: text, grid: grid, ticks: grid, side: 0, values: marks }, {
        stroke: color(root, "ink"), grid: { show: false }, ticks: { show: false }, size: narrow ? 110 : 230, gap: 6,
        splits: function () {
          var splits = [];
          for (var at = Math.ceil(line.top); at < line.top + line.visible && at < line.rows.length; at++) splits.push(at + 0.5);
          return splits;
        },
        values: function (u, splits) { return splits.map(function (at) { return short(line.rows[Math.floor(at)].amr.name, narrow ? 14 : 32); }); }
      }],
      hooks: { draw: [function (u) { line.draw(u); }], setCursor: [function (u) { line.tell(u); }] }
    }, [[this.page.from, this.page.to], [0, 0]], this.sticky);
    this.top = 0;
    this.size();
    this.zoom(this.page.from, this.page.to);
    this.scroll.addEventListener("scroll", function () {
      line.top = Math.min(line.scroll.scrollTop / line.lineHeight, Math.max(0, line.rows.length - line.visible));
      line.plot.redraw(false, true);
      line.plot.setScale("y", { min: line.top, max: line.top + line.visible });
    });
    this.scroll.addEventListener("keydown", function (event) { line.key(event); });
    this.plot.over.addEventListener("dblclick", function () { line.zoom(line.page.from, line.page.to); });
    this.plot.over.addEventListener("click", function () { if (line.at) line.page.reveal(line.at); });
  };

  function short(text, most) { return text.length <= most ? text : text.slice(0, most - 1) + "\u2026"; }

  Timeline.prototype.top = 0;
  Timeline.prototype.size = function () {
    this.scroll.style.height = (this.visible * this.lineHeight + 62) + "px";
    this.spacer.style.height = (this.rows.length * this.lineHeight + 62) + "px";
  };
  Timeline.prototype.show = function (rows) {
    this.rows = rows;
    this.top = 0;
    this.scroll.scrollTop = 0;
    this.size();
    this.plot.redraw(false, true);
  };
  Timeline.prototype.zoom = function (from, to) {
    if (to - from < 60) to = from + 60;
    this.plot.setScale("x", { min: from, max: to });
  };
  Timeline.prototype.key = function (event) {
    var scale = this.plot.scales.x, width = scale.max - scale.min;
    var moves = { "+": [0.25, -0.25], "=": [0.25, -0.25], "-": [-0.5, 0.5], ArrowLeft: [-0.2, -0.2], ArrowRight: [0.2, 0.2] };
    if (event.key === "0") this.zoom(this.page.from, this.page.to);
    else if (moves[event.key] && !event.ctrlKey && !event.metaKey) this.zoom(scale.min + width * moves[event.key][0], scale.max + width * moves[event.key][1]);
    else return;
    event.preventDefault();
  };

  Timeline.prototype.draw = function (u) {
    var line = this, ctx = u.ctx, ratio = uPlot.pxRatio || devicePixelRatio || 1;
    var stories = this.page.stories ? this.page.stories.groups : [];
    ctx.save();
    ctx.beginPath();
    ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    ctx.clip();
    function x(at) { return u.valToPos(at, "x", true); }
    function bar(from, to, middle, height, name) {
      ctx.fillStyle = color(line.page.root, name);
      ctx.fillRect(x(from), middle - height * ratio / 2, Math.max(2 * ratio, x(to) - x(from)), height * ratio);
    }
    for (var at = Math.floor(this.top); at < this.rows.length && at < this.top + this.visible; at++) {
      var row = this.rows[at], middle = u.valToPos(at + 0.5, "y", true);
      var story = stories[row.amr.index] || { said: [], seen: [], tests: [] };
      var work = this.works(row), opens = Number(row.dataset.window);
      if (story.said.length > 0) bar(story.said[0][0], work ? work[0] : Number(row.dataset.ended) || line.page.to, middle, 2, "line");
      if (opens > 0) bar(opens, opens, middle, 14, "soft");
      if (!work) continue;
      bar(work[0], work[1], middle, 10, row.dataset.outcome === "rolled-back" ? "paused" : row.dataset.outcome);
      story.said.forEach(function (said) {
        if (/^(refresh failed|smoke test failed)/.test(said[1])) bar(said[0], work[1], middle, 10, row.dataset.outcome);
      });
      story.seen.forEach(function (look, index) {
        var until = index + 1 < story.seen.length ? story.seen[index + 1][0] : work[1];
        if (look[2] < look[5] && until > look[0]) bar(look[0], until, middle + 7 * ratio, 3, "failed");
      });
      story.said.forEach(function (said) {
        if (said.length > 3) bar(said[0], said[0], middle, 4, "paper");
      });
      story.tests.forEach(function (test) {
        ctx.fillStyle = color(line.page.root, test[1] === "PASSED" ? "refreshed" : "failed");
        ctx.strokeStyle = color(line.page.root, "paper");
        ctx.beginPath();
        ctx.moveTo(x(test[0]), middle - 6 * ratio);
        ctx.lineTo(x(test[0]) + 6 * ratio, middle);
        ctx.lineTo(x(test[0]), middle + 6 * ratio);
        ctx.lineTo(x(test[0]) - 6 * ratio, middle);
        ctx.closePath();
        ctx.fill();
        ctx.stroke();
      });
    }
    ctx.restore();
  };

  Timeline.prototype.tell = function (u) {
    var at = u.cursor.top < 0 ? -1 : Math.floor(u.posToVal(u.cursor.top, "y"));
    this.at = this.rows[at] || null;
    this.told.textContent = this.at ? this.at.amr.name + ": " + this.at.cells[1].textContent + ", " + this.at.cells[6].textContent.trim()
      + (u.cursor.left >= 0 ? "; here " + clock(u.posToVal(u.cursor.left, "x")) : "") : "\u00a0";
  };

  Page.prototype.reveal = function (row) {
    if (!row.amr.more) this.toggle(row);
    row.scrollIntoView({ block: "center" });
    row.amr.button.focus();
  };

  Page.prototype.load = function () {
    var page = this;
    return unpacked(page.root).then(function (stories) {
      page.stories = stories;
      page.root.dataset.ready = "true";
      (page.waiting || []).forEach(function (one) { page.story(one[0], one[1]); });
      page.waiting = [];
      var place = page.root.querySelector(".amr-timeline");
      if (page.rows.length > 0 && place) {
        page.root.querySelector(".amr-when").hidden = false;
        page.timeline = new Timeline(page, place);
      }
    });
  };

  /* ---- live ---- */
  Page.prototype.watch = function () {
    var page = this, live = page.root.dataset.live;
    if (!live || page.root.dataset.result !== "RUNNING") return;
    setTimeout(function () {
      fetch(live, { credentials: "same-origin" }).then(function (answer) {
        return answer.ok ? answer.text() : null;
      }).then(function (text) {
        if (text === null) { page.watch(); return; }
        var fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".amr");
        if (!fresh) { page.watch(); return; }
        var focused = page.root.contains(document.activeElement) ? described(page.root, document.activeElement) : null;
        var at = window.scrollY;
        page.root.replaceWith(document.adoptNode(fresh));
        begin(fresh, page.kept, page.timeline).then(function () {
          window.scrollTo(0, at);
          if (focused) {
            var again = fresh.querySelectorAll(focused.of)[focused.index];
            if (again) again.focus();
          }
        });
      }).catch(function () { page.watch(); });
    }, Number(page.root.dataset.every) || LIVE_EVERY);
  };

  function described(root, focused) {
    var of = focused.tagName.toLowerCase() + (focused.className ? "." + focused.className.split(" ")[0] : "");
    return { of: of, index: Array.from(root.querySelectorAll(of)).indexOf(focused) };
  }

  function begin(root, kept, before) {
    var page = new Page(root, kept);
    return page.load().then(function () {
      if (before && page.timeline && before.plot.scales.x.max < before.page.to) {
        page.timeline.zoom(before.plot.scales.x.min, before.plot.scales.x.max);
      }
      Object.keys(page.kept.open).forEach(function (name) {
        page.rows.forEach(function (row) { if (row.amr.name === name && !row.amr.more) page.toggle(row); });
      });
      page.watch();
    });
  }

  function start() { document.querySelectorAll(".amr").forEach(function (root) { begin(root, null, null); }); }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
