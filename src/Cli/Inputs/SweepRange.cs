using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Inputs;

/// <summary>The values of one parameter to try.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Values">At least one value.</param>
internal sealed record SweepRange(string Name, ImmutableArray<double> Values)
{
    /// <summary>Most combinations of one sweep.</summary>
    public const int CombinationsMax = 2_000;

    /// <summary>Reads <c>fast=5..50:5</c>, from, to and step, or <c>fast=5,10,20</c>.</summary>
    /// <exception cref="UsageException">Neither, or too many values.</exception>
    public static SweepRange Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var values = at <= 0 ? [] : ValuesOf(text[(at + 1)..]);
        return values is { Length: > 0 }
            ? new SweepRange(text[..at], values)
            : throw new UsageException(
                $"--sweep needs NAME=FROM..TO:STEP or NAME=A,B,C with at most {CombinationsMax} values, such as fast=5..50:5, not '{text}'");
    }

    /// <summary>Every combination, the last parameter changing fastest.</summary>
    /// <exception cref="UsageException">There are too many, or a parameter is given twice.</exception>
    public static IReadOnlyList<ImmutableArray<double>> Combinations(IReadOnlyList<SweepRange> ranges)
    {
        if (ranges.GroupBy(r => r.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UsageException($"--sweep gives the parameter {twice.Key} twice");
        }

        var count = ranges.Aggregate(1L, (product, r) => Math.Min(product * r.Values.Length, int.MaxValue));
        if (count > CombinationsMax)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"--sweep asks for {count:N0} combinations, at most {CombinationsMax:N0} are run: use larger steps or fewer parameters"));
        }

        return [.. ranges.Aggregate(
            (IEnumerable<ImmutableArray<double>>)[[]], (rows, range) => rows.SelectMany(row => range.Values.Select(row.Add)))];
    }

    private static ImmutableArray<double> ValuesOf(string text)
    {
        if (text.Split("..") is not [var from, var rest])
        {
            var listed = text.Split(',').Select(Number).ToArray();
            return listed.All(n => n is not null) ? [.. listed.Select(n => (double)n!.Value).Distinct()] : [];
        }

        // Decimals: 0.1 + 0.1 + 0.1 is 0.3.
        var bounds = rest.Split(':');
        return Number(from) is { } first && Number(bounds[0]) is { } last && bounds.Length <= 2
            && Number(bounds.Length == 2 ? bounds[1] : "1") is { } step && step > 0 && last >= first && (last - first) / step < CombinationsMax
            ? [.. Enumerable.Range(0, (int)((last - first) / step) + 1).Select(i => (double)(first + (i * step)))]
            : [];
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) < 1e9m ? value : null;
}
