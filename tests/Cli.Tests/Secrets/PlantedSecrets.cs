using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Cli.Tests.Secrets;

/// <summary>Recognisable secrets by their name, and the search for each of them in any of its forms.</summary>
internal sealed class PlantedSecrets
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>A new secret of printable characters.</summary>
    public string Plant(string name) => Add(name, $"planted{name}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}");

    /// <summary>A new secret of 32 lower-case hexadecimal digits.</summary>
    public string PlantHex(string name) => Add(name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    /// <summary>A new secret of 32 bytes, as base64url or base64.</summary>
    public string PlantBytes(string name, bool isUrl)
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        return Add(name, isUrl ? Base64Url.EncodeToString(bytes) : Convert.ToBase64String(bytes));
    }

    public string Add(string name, string value)
    {
        _values.Add(name, value);
        return value;
    }

    /// <summary>Returns a line for each secret that these bytes contain, as text, UTF-16, hexadecimal or base64.</summary>
    /// <param name="where">Name of the place, for the lines.</param>
    /// <param name="content">The bytes.</param>
    public IEnumerable<string> FindIn(string where, byte[] content) =>
        from secret in _values
        from form in Forms(secret.Value)
        where content.AsSpan().IndexOf(form.Bytes) >= 0
        select $"{where} contains {secret.Key} as {form.Name}";

    public IEnumerable<string> FindIn(string where, string content) => FindIn(where, Encoding.UTF8.GetBytes(content));

    private static IEnumerable<(string Name, byte[] Bytes)> Forms(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        yield return ("text", text);
        yield return ("UTF-16", Encoding.Unicode.GetBytes(value));
        yield return ("hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(text)));
        yield return ("escaped text", Encoding.UTF8.GetBytes(Uri.EscapeDataString(value)));
        for (var skipped = 0; skipped < 3; skipped++)
        {
            // At each of the three places in a longer text; the last digits depend on the text that follows.
            var whole = (text.Length - skipped) / 3 * 3;
            yield return ("base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(text, skipped, whole)));
        }
    }
}
