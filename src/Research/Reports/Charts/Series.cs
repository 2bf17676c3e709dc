namespace BtcAgent.Research.Reports.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Style">CSS class: <c>a</c>, <c>b</c> or <c>c</c>.</param>
/// <param name="Xs">Ascending; seconds since 1970 UTC on a time axis.</param>
/// <param name="Ys">NaN breaks the line.</param>
/// <param name="Fill">Fills the area down to zero.</param>
internal sealed record Series(string Name, string Style, double[] Xs, double[] Ys, bool Fill = false);
