namespace BtcAgent.Social.X.Settings;

/// <summary>The app's token. Never appears in a log, an exception or a debugger's text.</summary>
[System.Diagnostics.DebuggerDisplay("bearer token (not shown)")]
public sealed class BearerToken
{
    private const int LengthMax = 1_024;

    private readonly string _value;

    private BearerToken(string value) => _value = value;

    /// <summary>Reads the token that the settings give.</summary>
    /// <exception cref="BearerTokenException">It is missing or cannot be read.</exception>
    public static BearerToken Load(XOptions options) => Of(
        options.BearerToken.Length > 0 ? options.BearerToken
        : options.BearerTokenFile.Length > 0 ? Read(options.BearerTokenFile)
        : throw new BearerTokenException(
            $"X needs a bearer token: set the environment variable {XOptions.Section.Replace(":", "__", StringComparison.Ordinal)}__BearerToken, "
            + $"or {XOptions.Section}:BearerTokenFile to a file that holds it"));

    /// <exception cref="BearerTokenException">It is empty, too long or has other characters than a token.</exception>
    public static BearerToken Of(string value)
    {
        var trimmed = value.Trim();
        return trimmed.Length is > 0 and <= LengthMax && !trimmed.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new BearerToken(trimmed)
            : throw new BearerTokenException(
                $"the bearer token has {trimmed.Length} characters: it needs 1 to {LengthMax} printable ones without spaces, as X shows it");
    }

    public override string ToString() => "bearer token (not shown)";

    internal void Authorize(HttpRequestMessage request) => request.Headers.Authorization = new("Bearer", _value);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new BearerTokenException(
                $"{XOptions.Section}:BearerTokenFile: the file '{file}' cannot be read ({e.GetType().Name}): correct its path or its permissions");
        }
    }
}
