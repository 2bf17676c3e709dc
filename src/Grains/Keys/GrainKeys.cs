namespace BtcAgent.Grains.Keys;

/// <summary>Composes and splits the two-part keys <c>instrument/strategy</c> and <c>portfolio/instrument</c>.</summary>
public static class GrainKeys
{
    public static string Signal(InstrumentId instrument, string strategy) => $"{instrument.Key}/{strategy}";

    public static string Execution(string portfolio, InstrumentId instrument) => $"{portfolio}/{instrument.Key}";

    /// <exception cref="FormatException">The key does not have two parts.</exception>
    public static (string First, string Second) Split(string key)
    {
        var slash = key.IndexOf('/');
        return slash > 0 && slash < key.Length - 1
            ? (key[..slash], key[(slash + 1)..])
            : throw new FormatException($"grain key '{key}' does not have the form first/second");
    }
}
