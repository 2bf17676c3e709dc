namespace BtcAgent.Social.X.Settings;

/// <summary>The app's token. Never appears in a log, an exception or a debugger's text.</summary>
[System.Diagnostics.DebuggerDisplay("bearer token (not shown)")]
public sealed class BearerToken
{
    private const int LengthMax = 1_024;
    private const int ReadMax = 4_096;

    private readonly string _value;

    private BearerToken(string value) => _value = value;

    /// <summary>Reads the token that the settings give.</summary>
    /// <exception cref="BearerTokenException">It is missing or cannot be read.</exception>
    public static BearerToken Load(XOptions options) =>
        options.BearerToken.Length > 0 ? Of(options.BearerToken, $"{XOptions.Section}:BearerToken")
        : options.BearerTokenFile.Length > 0 ? Of(Read(options.BearerTokenFile), $"{XOptions.Section}:BearerTokenFile, '{options.BearerTokenFile}'")
        : throw new BearerTokenException(
            $"X needs a bearer token: set the environment variable {XOptions.Section.Replace(":", "__", StringComparison.Ordinal)}__BearerToken, "
            + $"or {XOptions.Section}:BearerTokenFile to a file that holds it");

    /// <exception cref="BearerTokenException">It is empty, too long or has other characters than a token.</exception>
    public static BearerToken Of(string value) => Of(value, "X");

    public override string ToString() => "bearer token (not shown)";

    internal void Authorize(HttpRequestMessage request) => request.Headers.Authorization = new("Bearer", _value);

    private static BearerToken Of(string value, string from)
    {
        var trimmed = value.Trim();
        return trimmed.Length is > 0 and <= LengthMax && !trimmed.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new BearerToken(trimmed)
            : throw new BearerTokenException(
                $"{from}: the bearer token has {(value.Length == ReadMax ? $"{ReadMax} or more" : trimmed.Length)} characters: it needs 1 to {LengthMax} printable ones without spaces, as X shows it");
    }

    private static string Read(string file)
    {
        try
        {
            // No more than a token can have, with the white space around it: the path may be that of another file.
            using var reader = new StreamReader(file);
            var text = new char[ReadMax];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new BearerTokenException(
                $"{XOptions.Section}:BearerTokenFile: the file '{file}' cannot be read ({e.GetType().Name}): correct its path or its permissions");
        }
    }
}
