using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Cli.Output;
using BtcAgent.Storage.Files;

namespace BtcAgent.Cli.Agents;

/// <summary>
/// The operator's agents by name, in <c>btcagent/profiles.json</c> of the user's configuration folder (<c>~/.config</c>,
/// <c>%APPDATA%</c>). It holds the paths of keys, never a key.
/// </summary>
/// <param name="Profiles">Profiles by name.</param>
/// <param name="Default">Name of the one that is used when none is named; null for none.</param>
internal sealed record AgentProfiles(ImmutableSortedDictionary<string, AgentProfile> Profiles, string? Default = null)
{
    /// <summary>Folder of the profiles instead of the user's.</summary>
    public const string FolderVariable = "BTCAGENT_CONFIG";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static AgentProfiles Empty { get; } = new(ImmutableSortedDictionary.Create<string, AgentProfile>(StringComparer.Ordinal));

    public static string Path => System.IO.Path.Combine(
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
            ? folder
            : System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "btcagent"),
        "profiles.json");

    /// <summary>Reads the file; without a file there are no profiles.</summary>
    /// <exception cref="UsageException">The file is not a list of profiles.</exception>
    public static AgentProfiles Load()
    {
        try
        {
            var read = JsonSerializer.Deserialize<AgentProfiles>(File.ReadAllBytes(Path), Json)
                ?? throw new JsonException("the file contains null");
            return read.Default is { } name && !read.Profiles.ContainsKey(name)
                ? throw new UsageException($"{Path}: the default '{name}' is not among the profiles: {Names(read)}")
                : read with { Profiles = read.Profiles.WithComparers(StringComparer.Ordinal) };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Empty;
        }
        catch (JsonException e)
        {
            throw new UsageException($"{Path} cannot be read ({e.Message}): correct it, or delete it and use 'btcagent profile set'");
        }
    }

    /// <exception cref="UsageException">There is none of that name.</exception>
    public AgentProfile Get(string name) => Profiles.TryGetValue(name, out var profile)
        ? profile
        : throw new UsageException($"there is no profile '{name}' in {Path}: {Names(this)}");

    public void Save() => AtomicFile.WriteAllBytes(Path, JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>Path of a file that a profile names.</summary>
    public static string Resolve(string file) => System.IO.Path.GetFullPath(file, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);

    private static string Names(AgentProfiles known) => known.Profiles.IsEmpty
        ? "add one with 'btcagent profile set NAME --url URL --key-file FILE'"
        : $"there are {string.Join(", ", known.Profiles.Keys)}";
}
