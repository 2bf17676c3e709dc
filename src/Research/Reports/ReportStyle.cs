namespace BtcAgent.Research.Reports;

/// <summary>The page's style: sober, dense, dark or light as the reader's system, and printable.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{--bg:#fff;--fg:#1a1d21;--soft:#5b6470;--grid:#e4e7eb;--card:#f6f7f9;--a:#0b62a4;--b:#c25a00;--c:#6b7280;--good:#0a7a4b;--bad:#b3261e}
        @media(prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e6e8ea;--soft:#9aa4af;--grid:#2a2f35;--card:#1c2025;--a:#5aa9e6;--b:#f0a04b;--c:#8b95a1;--good:#4cc38a;--bad:#f2766c}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:1060px;padding:28px 20px;background:var(--bg);color:var(--fg);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
        h1{font-size:22px;margin:0 0 2px}h2{font-size:16px;margin:34px 0 10px;border-bottom:1px solid var(--grid);padding-bottom:4px}small,.soft{color:var(--soft);font-weight:400}
        .verdict{border-left:5px solid var(--c);background:var(--card);padding:12px 16px;margin:16px 0;font-size:16px}.verdict.good{border-color:var(--good)}.verdict.bad{border-color:var(--bad)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:8px}.tile{background:var(--card);padding:9px 12px}.tile b{display:block;font-size:19px;font-variant-numeric:tabular-nums}
        .tile span{color:var(--soft);font-size:12px}figure{margin:14px 0;break-inside:avoid}figcaption{font-weight:600;margin-bottom:4px}svg{width:100%;height:auto;display:block}
        .pair{display:grid;grid-template-columns:1fr 1fr;gap:18px}@media(max-width:720px){.pair{grid-template-columns:1fr}}.grid{stroke:var(--grid)}.tick{fill:var(--soft);font-size:11px}.name{fill:var(--fg);font-size:11px}
        .line{fill:none;stroke-width:1.5}.line.a{stroke:var(--a)}.line.b{stroke:var(--b)}.line.c{stroke:var(--c);stroke-dasharray:4 3}.area{stroke:none;opacity:.55}.area.a{fill:var(--a)}.area.b{fill:var(--b)}
        .bar.a{fill:var(--a)}.bar.b{fill:var(--b)}.mark{stroke:var(--bad);stroke-dasharray:3 3}circle.buy{fill:var(--a)}circle.sell{fill:var(--b)}circle.dot{fill:var(--a);opacity:.8}circle.ring{fill:none;stroke:var(--b);stroke-width:1.6}
        .key{font-weight:400;font-size:12px;margin-left:14px;color:var(--soft)}.key::before{content:"";display:inline-block;width:14px;height:3px;margin-right:5px;vertical-align:middle;background:var(--c)}.key.a::before{background:var(--a)}.key.b::before{background:var(--b)}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13px;width:100%}td,th{padding:3px 8px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}th{color:var(--soft);font-weight:500}
        td:first-child,th:first-child{text-align:left}.wide td{white-space:normal;overflow-wrap:anywhere}.wide td:first-child{white-space:nowrap;overflow-wrap:normal;vertical-align:top}.none{color:var(--soft)}@media print{body{max-width:none;padding:0}h2{break-after:avoid}}
        """;
}
