using System.Globalization;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>The lines of a model text with their numbers and offsets; they end in LF.</summary>
internal sealed class ModelLines(string text)
{
    private int _next;

    /// <summary>Number of the current line, from 1; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>Offset of the current line's first character.</summary>
    public int Offset { get; private set; }

    public string Current { get; private set; } = "";

    public bool Read()
    {
        if (_next >= text.Length)
        {
            return false;
        }

        var end = text.IndexOf('\n', _next);
        end = end < 0 ? text.Length : end;
        Offset = _next;
        Number++;
        Current = text[_next..end];
        _next = end + 1;
        return true;
    }

    /// <summary>Moves to the next line that is not blank; returns false at the end.</summary>
    public bool ReadFilled()
    {
        while (Read())
        {
            if (!string.IsNullOrWhiteSpace(Current))
            {
                return true;
            }
        }

        return false;
    }

    public ModelFormatException Error(string message) => new(message, Number);
}

/// <summary>The key=value lines of a header or a tree; each key must be known and occur once.</summary>
internal sealed class ModelFields(string where, ModelLines lines, HashSet<string> known)
{
    private readonly Dictionary<string, (string Value, int Line)> _fields = new(StringComparer.Ordinal);
    private readonly int _start = lines.Number;

    /// <summary>Adds the current line.</summary>
    public void Add()
    {
        var split = lines.Current.IndexOf('=', StringComparison.Ordinal);
        var key = split < 0 ? lines.Current : lines.Current[..split];
        if (!known.Contains(key))
        {
            throw lines.Error(
                $"'{Shorten(key)}' is not known in {where}; the text is damaged or of an unknown version");
        }

        if (!_fields.TryAdd(key, (split < 0 ? "" : lines.Current[(split + 1)..], lines.Number)))
        {
            throw lines.Error($"{key} occurs twice in {where}");
        }
    }

    public bool Has(string key) => _fields.ContainsKey(key);

    public int LineOf(string key) => _fields.TryGetValue(key, out var field) ? field.Line : _start;

    public string Text(string key) => _fields.TryGetValue(key, out var field)
        ? field.Value.Trim()
        : throw new ModelFormatException($"{where} has no {key}; the text is truncated, save the model again", _start);

    public string[] Words(string key) => Text(key).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public int Integer(string key, int minimum, int maximum) =>
        int.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value >= minimum && value <= maximum
            ? value
            : throw Error(key, $"'{Shorten(Text(key))}' is not a whole number from {minimum} to {maximum}");

    public int[] Integers(string key, int count) => Array.ConvertAll(
        Counted(key, count),
        word => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Error(key, $"'{Shorten(word)}' is not a whole number"));

    public double[] Numbers(string key, int count) =>
        Array.ConvertAll(Counted(key, count), word => Number(key, word));

    /// <summary>Numbers that may be ±∞: LightGBM separates NaN from all other values at inf.</summary>
    public double[] Limits(string key, int count) => Array.ConvertAll(Counted(key, count), word => word switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => Number(key, word),
    });

    public uint[] Bits(string key, int count) => Array.ConvertAll(
        Counted(key, count),
        word => uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Error(key, $"'{Shorten(word)}' is not a word of 32 bits"));

    /// <summary>
    /// Numbers that predictions do not need: returns none when absent or empty, otherwise exactly the expected count.
    /// </summary>
    public double[] Optional(string key, int count) => Has(key) && Text(key).Length > 0 ? Numbers(key, count) : [];

    public ModelFormatException Error(string key, string problem) => new($"{key} of {where}: {problem}", LineOf(key));

    /// <summary>As <see cref="Optional"/>, but allows ±∞: the gain of a split without remaining loss is infinite.</summary>
    public double[] OptionalLimits(string key, int count) => Has(key) && Text(key).Length > 0 ? Limits(key, count) : [];

    private double Number(string key, string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Error(key, $"'{Shorten(word)}' is not a finite number; train again on data without it");

    private string[] Counted(string key, int count)
    {
        var words = Words(key);
        return words.Length == count
            ? words
            : throw Error(key, $"has {words.Length} values, expected {count}; the text is damaged, save it again");
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
