namespace BtcAgent.Research.Bars.Times;

/// <summary>The part of a written date that comes first.</summary>
internal enum DateOrder
{
    Year,
    Day,
    Month,
}
