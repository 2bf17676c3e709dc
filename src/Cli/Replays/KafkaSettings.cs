using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Replays;

/// <summary>Settings of librdkafka as the command line gives them.</summary>
internal static class KafkaSettings
{
    public const string OptionName = "--kafka-setting";

    /// <summary>What the replay itself must decide, and which option does instead, if one does.</summary>
    private static readonly Dictionary<string, string> Reserved = new(StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = "give the brokers with --from-kafka",
        ["metadata.broker.list"] = "give the brokers with --from-kafka",
        ["group.id"] = "the replay joins no group",
        ["enable.auto.commit"] = "the replay commits nothing",
        ["enable.auto.offset.store"] = "the replay commits nothing",
        ["enable.partition.eof"] = "the replay needs it on",
        ["auto.offset.reset"] = "the replay reads the recorded offsets or none",
    };

    /// <summary>
    /// <c>name=value</c> each; <c>name=@FILE</c> takes the file's first line, so that a password need not be where other
    /// users of the machine see it. Whether the name and value are any, librdkafka says.
    /// </summary>
    /// <exception cref="UsageException">Of another form, given twice, or not to be set.</exception>
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> given)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in given)
        {
            // Only the name is repeated in errors: the value may be a secret.
            var (name, value) = setting.Split('=', 2) is [{ Length: > 0 } key, var rest]
                ? (key.Trim(), rest.Trim())
                : throw new UsageException($"{OptionName} {setting.Split('=')[0]}: expected name=value, such as security.protocol=SSL");
            if (Reserved.TryGetValue(name, out var why))
            {
                throw new UsageException($"{OptionName} {name}: {why}");
            }

            if (!settings.TryAdd(name, value is ['@', .. var path] ? FirstLineOf(path, name) : value))
            {
                throw new UsageException($"{OptionName} {name}: given twice");
            }
        }

        return settings;
    }

    private static string FirstLineOf(string path, string name)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() ?? throw new UsageException($"{OptionName} {name}: '{path}' is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{OptionName} {name}: '{path}' cannot be read: {e.Message}");
        }
    }
}
