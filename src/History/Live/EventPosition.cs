using System.Globalization;
using System.Text;
using BtcAgent.Contracts.Events;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;

namespace BtcAgent.History.Live;

/// <summary>
/// Which facts a subscriber has: the next offset of each partition, and how many rows of the fact there. Its text is
/// <c>topic.partition=next</c> or <c>topic.partition=next.rows</c>, joined by <c>~</c>, after the name of the log.
/// </summary>
internal sealed class EventPosition
{
    private const char Separator = '~';
    private const int PartsMax = 512;
    private const int LengthMax = 16_384;

    private readonly SortedDictionary<(FactTopic Topic, int Number), Place> _next = [];
    private string? _text;

    public EventPosition(string log) => Log = log;

    /// <summary>Identity of the log.</summary>
    public string Log { get; }

    /// <exception cref="EventRequestException">It is not the text of a position.</exception>
    public static EventPosition Parse(string text)
    {
        var parts = text.Length <= LengthMax ? text.Split(Separator) : [];
        if (parts.Length is < 1 or > PartsMax || parts[0].Length == 0 || !parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw Unreadable();
        }

        var position = new EventPosition(parts[0]);
        foreach (var part in parts.AsSpan(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var dot = equals < 0 ? -1 : part.LastIndexOf('.', equals);
            if (dot < 1
                || FactTopics.All.FirstOrDefault(topic => FactTopics.NameOf(topic) == part[..dot], (FactTopic)(-1)) is var topic && !Enum.IsDefined(topic)
                || !int.TryParse(part.AsSpan(dot + 1, equals - dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || Place.Parse(part.AsSpan(equals + 1)) is not { } place)
            {
                throw Unreadable();
            }

            position._next[(topic, number)] = place;
        }

        return position;
    }

    public Place? PlaceOf(LogPartition partition) => _next.TryGetValue((partition.Topic, partition.Number), out var place) ? place : null;

    public void Set(LogPartition partition, long next, int rows = 0)
    {
        _next[(partition.Topic, partition.Number)] = new Place(next, rows);
        _text = null;
    }

    public override string ToString()
    {
        if (_text is null)
        {
            var text = new StringBuilder(Log);
            foreach (var ((topic, number), place) in _next)
            {
                text.Append(Separator).Append(FactTopics.NameOf(topic)).Append('.').Append(CultureInfo.InvariantCulture, $"{number}={place}");
            }

            _text = text.ToString();
        }

        return _text;
    }

    private static EventRequestException Unreadable() =>
        new("the position of the last event cannot be read: give the id of an event as it was sent, or leave it out to begin now");

    /// <summary>A place in a partition.</summary>
    /// <param name="Next">Offset of the first fact that the subscriber has not, or not all of.</param>
    /// <param name="Rows">Rows of that fact that it has.</param>
    internal readonly record struct Place(long Next, int Rows)
    {
        public static Place? Parse(ReadOnlySpan<char> text)
        {
            var dot = text.IndexOf('.');
            var rows = 0;
            return long.TryParse(dot < 0 ? text : text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var next)
                && (dot < 0 || int.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out rows))
                ? new Place(next, rows)
                : null;
        }

        public override string ToString() =>
            Rows == 0 ? Next.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Next}.{Rows}");
    }
}
