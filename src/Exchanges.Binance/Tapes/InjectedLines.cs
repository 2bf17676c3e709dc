using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>A file of tallies or notices beside a tape: one JSON object per line, in the order of numbers and times.</summary>
/// <param name="one">The noun of a line, such as "tally".</param>
/// <param name="many">Its plural.</param>
/// <param name="of">Its topic, such as "of posts".</param>
internal sealed class InjectedLines(string one, string many, string of)
{
    /// <summary>Longest line in characters. A tally with the largest numbers and names has some 650.</summary>
    private const int LineMax = 4_096;

    /// <summary>A member that is not known, and a number in quotes, are refused.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="MarketFeedException">The file is absent, or a line is wrong, repeats a number or is out of order; the message names the line.</exception>
    public ImmutableArray<T> Read<TLine, T>(string path, Func<TLine, T> convert)
        where T : struct, IInjectedEvent
    {
        try
        {
            var all = ImmutableArray.CreateBuilder<T>();
            var number = 0;
            foreach (var line in LinesOf(path))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                {
                    var read = Parse(line, path, number, convert);
                    if (all.Count > 0)
                    {
                        CheckOrder(all[^1], read, path, number);
                    }

                    all.Add(read);
                }
            }

            return all.Count > 0 ? all.ToImmutable() : throw new MarketFeedException($"'{path}' has no {one} {of}: give a file with one JSON object per line");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MarketFeedException($"the {many} {of} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>A file that is something else may have a line of gigabytes: no more than the longest line is in memory.</summary>
    private static IEnumerable<string> LinesOf(string path)
    {
        using var reader = new StreamReader(path);
        var (line, number) = (new StringBuilder(), 1);
        for (int read; (read = reader.Read()) >= 0;)
        {
            if (read == '\n')
            {
                yield return line.ToString();
                line.Clear();
                number++;
            }
            else if (line.Length < LineMax)
            {
                line.Append((char)read);
            }
            else
            {
                throw Refused(path, number, string.Create(CultureInfo.InvariantCulture, $"it has more than {LineMax} characters: give a file with one JSON object per line"));
            }
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private T Parse<TLine, T>(string line, string path, int number, Func<TLine, T> convert)
        where T : struct, IInjectedEvent
    {
        T read;
        try
        {
            read = convert(JsonSerializer.Deserialize<TLine>(line, Json) ?? throw new JsonException($"null is not a {one}"));
        }
        catch (JsonException problem)
        {
            // Its own message names our types and counts lines from 0.
            throw Refused(path, number, $"not a {one} {of}{(problem.Path is { Length: > 2 } at ? $" ({at[2..]})" : "")}: write an object with number, knownAtNs and its values as whole numbers");
        }

        return read.Problem() is { } impossible ? throw Refused(path, number, impossible) : read;
    }

    private void CheckOrder<T>(T last, T next, string path, int number)
        where T : struct, IInjectedEvent
    {
        if (next.Number == last.Number)
        {
            throw Refused(path, number, string.Create(CultureInfo.InvariantCulture, $"number {next.Number} is that of the {one} before: remove one of the two"));
        }

        if (next.Number < last.Number || next.KnownAt < last.KnownAt)
        {
            throw Refused(path, number, string.Create(
                CultureInfo.InvariantCulture,
                $"{one} {next.Number}, known at {next.KnownAt}, comes after {last.Number}, known at {last.KnownAt}: sort the file by number and time"));
        }
    }

    private static MarketFeedException Refused(string path, int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"'{path}' line {line}: {problem}"));
}
