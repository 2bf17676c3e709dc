namespace BtcAgent.Economy.Settings;

/// <summary>The key of FRED. Never appears in a log, an exception or a debugger's text.</summary>
[System.Diagnostics.DebuggerDisplay("FRED key (not shown)")]
public sealed class FredKey
{
    private const int Length = 32;

    private readonly string _value;

    private FredKey(string value) => _value = value;

    /// <summary>Reads the key that the settings give.</summary>
    /// <exception cref="FredKeyException">It is missing or cannot be read.</exception>
    public static FredKey Load(FredOptions options) => Of(
        options.ApiKey.Length > 0 ? options.ApiKey
        : options.ApiKeyFile.Length > 0 ? Read(options.ApiKeyFile)
        : throw new FredKeyException(
            $"FRED needs a key: set the environment variable {FredOptions.Section.Replace(":", "__", StringComparison.Ordinal)}__ApiKey, "
            + $"or {FredOptions.Section}:ApiKeyFile to a file that holds it"));

    /// <exception cref="FredKeyException">It is not a key.</exception>
    public static FredKey Of(string value)
    {
        var trimmed = value.Trim();
        return trimmed.Length == Length && trimmed.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one))
            ? new FredKey(trimmed)
            : throw new FredKeyException($"the key of FRED has {trimmed.Length} characters: it needs {Length} lower-case letters and digits, as FRED shows it");
    }

    public override string ToString() => "FRED key (not shown)";

    /// <summary>The address of a request. It must not be shown.</summary>
    internal Uri Sign(Uri address, string path, string query) => new(address, $"{path}?{query}&file_type=json&api_key={_value}");

    /// <summary>Removes the key from a text of the source.</summary>
    internal string Hide(string text) => text.Replace(_value, "(key)", StringComparison.OrdinalIgnoreCase);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new FredKeyException($"{FredOptions.Section}:ApiKeyFile: the file '{file}' cannot be read ({e.GetType().Name}): correct its path or its permissions");
        }
    }
}
