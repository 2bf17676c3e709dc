using System.Text.RegularExpressions;

namespace BtcAgent.Strategies.Sources;

/// <summary>A new strategy as a commented file that compiles, and a project file for editors beside it.</summary>
public static partial class StrategyTemplate
{
    private const string Project = "strategies.csproj";

    /// <param name="name">Name such as <c>bollinger-reversal</c> or <c>BollingerReversal</c>.</param>
    /// <param name="folder">Folder to write to; created if missing.</param>
    /// <param name="usings">Namespaces that every strategy may use.</param>
    /// <param name="domain">Assembly with the types of strategies.</param>
    /// <returns>The files written, the strategy first.</returns>
    /// <exception cref="StrategyException">The name is not valid, or the file exists.</exception>
    public static IReadOnlyList<string> Write(string name, string folder, IEnumerable<string> usings, string domain)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new StrategyException($"'{name}' is not a strategy's name: use letters, digits and dashes, such as bollinger-reversal");
        }

        var className = string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var file = Path.Combine(folder, $"{className}.cs");
        if (File.Exists(file))
        {
            throw new StrategyException($"{file} exists: choose another name, or delete it first");
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(file, Resource("bar-strategy.template")
            .Replace("$CLASS$", className, StringComparison.Ordinal)
            .Replace("$NAME$", StrategyName.Of(className), StringComparison.Ordinal)
            .Replace("$FILE$", file, StringComparison.Ordinal)
            .Replace("$DIR$", folder, StringComparison.Ordinal));
        var project = Path.Combine(folder, Project);
        if (File.Exists(project))
        {
            return [file];
        }

        File.WriteAllText(project, Resource($"{Project}.template")
            .Replace("$FRAMEWORK$", $"net{Environment.Version.Major}.0", StringComparison.Ordinal)
            .Replace("$USINGS$", string.Join('\n', usings.Select(space => $"    <Using Include=\"{space}\" />")), StringComparison.Ordinal)
            .Replace("$DOMAIN$", domain, StringComparison.Ordinal));
        return [file, project];
    }

    private static string Resource(string name)
    {
        using var stream = typeof(StrategyTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the program has no resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
    private static partial Regex ValidName();
}
