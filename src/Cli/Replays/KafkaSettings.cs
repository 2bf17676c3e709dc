using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Replays;

/// <summary>Settings of librdkafka on the command line.</summary>
internal static class KafkaSettings
{
    public const string OptionName = "--kafka-setting";

    /// <summary>Settings that the replay sets itself, with the option to use instead, if there is one.</summary>
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
    /// <c>name=value</c> each; <c>name=@FILE</c> takes the file's first line, so that a password is not visible to other users
    /// of the machine. librdkafka validates name and value.
    /// </summary>
    /// <exception cref="UsageException">A setting has another form, is repeated, or is reserved.</exception>
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> given)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in given)
        {
            // Errors contain only the name, because the value may be a secret.
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
