using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace BtcAgent.Research.Replays;

/// <summary>
/// One step of a decision as bytes, field after field: numbers little-endian, text as UTF-8 after its length. Images are
/// compared byte by byte, so that differences beyond the printed digits count too.
/// </summary>
public sealed class StepImage
{
    private readonly List<(string Name, byte[] Bytes, string Text)> _fields = [];
    private readonly List<(string Name, string? Text)> _wording = [];

    public int Length { get; private set; }

    public void Add(string name, bool value) => Add(name, [value ? (byte)1 : (byte)0], value ? "true" : "false");

    public void Add(string name, int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Add(name, bytes, value.ToString(CultureInfo.InvariantCulture));
    }

    public void Add(string name, long value) => Add(name, value, value.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, ulong value) => Add(name, (long)value, value.ToString("x16", CultureInfo.InvariantCulture));

    public void Add(string name, Timestamp value) => Add(name, value.UnixNanoseconds, value.ToString());

    public void Add(string name, Price value) => Add(name, value.Units, value.ToString());

    public void Add(string name, Quantity value) => Add(name, value.Units, value.ToString());

    /// <summary>Writes every NaN alike, because JSON records have only one.</summary>
    public void Add(string name, double value) => Add(
        name,
        BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value),
        value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Like <see cref="Add(string, double)"/>.</summary>
    public void Add(string name, float value)
    {
        var bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, float.IsNaN(value) ? float.NaN : value);
        Add(name, bytes, value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// 1.0 and 1.00 differ; null is an empty field. The sign of a zero is ignored, because JSON records do not keep it.
    /// </summary>
    public void Add(string name, decimal? value)
    {
        if (value is not { } known)
        {
            Add(name, [], "none");
            return;
        }

        var bytes = new byte[4 * sizeof(int)];
        var parts = decimal.GetBits(known == 0 ? Math.Abs(known) : known);
        for (var i = 0; i < parts.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), parts[i]);
        }

        Add(name, bytes, known.ToString(CultureInfo.InvariantCulture));
    }

    public void Add(string name, string? value)
    {
        var text = Encoding.UTF8.GetBytes(value ?? "");
        var bytes = new byte[sizeof(int) + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value is null ? -1 : text.Length);
        text.CopyTo(bytes, sizeof(int));
        Add(name, bytes, value ?? "none");
    }

    /// <summary>
    /// Adds an explanatory text, which a later version may word differently: a difference becomes a remark, not a divergence.
    /// Codes, values and limits are fields.
    /// </summary>
    public void AddWording(string name, string? text) => _wording.Add((name, text));

    /// <summary>Returns the first difference between the replayed image and this one.</summary>
    /// <param name="step">Name of the step.</param>
    /// <param name="replayed">The replayed image.</param>
    public StepResult Compare(string step, StepImage replayed)
    {
        var at = 0;
        for (var i = 0; i < Math.Max(_fields.Count, replayed._fields.Count); i++)
        {
            var (name, expected, expectedText) = i < _fields.Count ? _fields[i] : (replayed._fields[i].Name, [], "nothing");
            var (gotName, got, gotText) = i < replayed._fields.Count ? replayed._fields[i] : (name, [], "nothing");
            var common = expected.AsSpan().CommonPrefixLength(got);
            if (common < expected.Length || common < got.Length || name != gotName)
            {
                return StepResult.Diverges(step, Length, at + common, name == gotName ? name : $"{name}/{gotName}", expectedText, gotText)
                    with
                { RecordedHex = Convert.ToHexStringLower(expected), ReplayedHex = Convert.ToHexStringLower(got) };
            }

            at += expected.Length;
        }

        return StepResult.Equal(step, Length) with { Remark = WordedDifferently(replayed) };
    }

    private string? WordedDifferently(StepImage replayed)
    {
        var (recorded, now) = _wording.Zip(replayed._wording).FirstOrDefault(pair => pair.First.Text != pair.Second.Text);
        return recorded.Name is null ? null : $"{recorded.Name}: recorded \"{recorded.Text}\", this version writes \"{now.Text}\"";
    }

    private void Add(string name, long value, string text)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Add(name, bytes, text);
    }

    private void Add(string name, byte[] bytes, string text)
    {
        _fields.Add((name, bytes, text));
        Length += bytes.Length;
    }
}
