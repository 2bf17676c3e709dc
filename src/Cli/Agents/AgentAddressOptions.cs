using System.CommandLine;
using System.CommandLine.Completions;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Agents;

/// <summary>
/// Options that say which agent. A key is only sent to the address that was named with it: an address from one source is never
/// joined with a key from another, except with <c>--key-file</c>, or on this machine.
/// </summary>
internal sealed class AgentAddressOptions
{
    public const string UrlVariable = "BTCAGENT_URL";
    public const string KeyFileVariable = "BTCAGENT_KEY_FILE";
    public const string ProfileVariable = "BTCAGENT_PROFILE";

    /// <summary>Key file of an agent that was started in the current folder.</summary>
    public const string DefaultKeyFile = "data/operator.key";

    private const int TimeoutSecondsMax = 600;
    private static readonly Uri DefaultUrl = new("http://localhost:5080");

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = $"a profile of 'btcagent profile list'; default {ProfileVariable}",
        HelpName = "NAME",
    };

    private readonly Option<string?> _url = new("--url")
    {
        Description = $"address of the agent; default {UrlVariable}, the default profile, {DefaultUrl.OriginalString}",
        HelpName = "URL",
    };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = $"file with the key; default {KeyFileVariable}, the profile's, {DefaultKeyFile}",
        HelpName = "FILE",
    };

    private readonly Option<string?> _authority = new("--ca-file")
    {
        Description = "PEM file of the authority that signed the agent's certificate",
        HelpName = "FILE",
    };

    private readonly Option<bool> _allowHttp = new("--allow-http") { Description = "send the key over plain HTTP to another machine" };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = $"seconds to wait for an answer, up to {TimeoutSecondsMax}",
        DefaultValueFactory = _ => 10,
        HelpName = "SECONDS",
    };

    public void AddTo(Command command)
    {
        _timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= TimeoutSecondsMax))
            {
                result.AddError($"--timeout must be above 0 and at most {TimeoutSecondsMax}");
            }
        });
        _profile.CompletionSources.Add(_ => AgentProfiles.Load().Profiles.Keys.Select(name => new CompletionItem(name)));
        foreach (var option in new Option[] { _profile, _url, _keyFile, _authority, _allowHttp, _timeout })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="UsageException">The options contradict each other, or name what does not exist.</exception>
    public AgentAddress Read(ParseResult arguments)
    {
        var (url, keyFile) = (arguments.GetValue(_url), arguments.GetValue(_keyFile));
        if (url is not null && arguments.GetValue(_profile) is not null)
        {
            throw new UsageException("give either --url or --profile");
        }

        var chosen = url is not null ? OfUrl(url, keyFile, "--url", "--key-file") : Chosen(arguments.GetValue(_profile), keyFile);
        return AgentAddress.Of(
            chosen with
            {
                KeyFile = keyFile ?? chosen.KeyFile,
                AuthorityFile = arguments.GetValue(_authority) ?? chosen.AuthorityFile,
                AllowHttp = arguments.GetValue(_allowHttp) || chosen.AllowHttp,
            },
            TimeSpan.FromSeconds(arguments.GetValue(_timeout)));
    }

    private static AgentProfile Chosen(string? named, string? keyFile)
    {
        var (url, key) = (Variable(UrlVariable), Variable(KeyFileVariable));
        if (named is null && url is not null)
        {
            return OfUrl(url, keyFile ?? key, UrlVariable, KeyFileVariable);
        }

        if (named is null && key is not null)
        {
            return new AgentProfile(DefaultUrl, key);
        }

        var profiles = AgentProfiles.Load();
        return (named ?? Variable(ProfileVariable) ?? profiles.Default) is { } name
            ? Resolved(profiles.Get(name))
            : new AgentProfile(DefaultUrl, DefaultKeyFile);
    }

    private static AgentProfile OfUrl(string text, string? keyFile, string urlName, string keyName)
    {
        var url = AgentAddress.Parse(text);
        return keyFile is not null || AgentAddress.IsHere(url)
            ? new AgentProfile(url, keyFile ?? Variable(KeyFileVariable) ?? DefaultKeyFile)
            : throw new UsageException($"{urlName} {text} needs {keyName}: the key of the agent in this folder is not sent to another machine");
    }

    private static AgentProfile Resolved(AgentProfile profile) => profile with
    {
        KeyFile = AgentProfiles.Resolve(profile.KeyFile),
        AuthorityFile = profile.AuthorityFile is { } file ? AgentProfiles.Resolve(file) : null,
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
