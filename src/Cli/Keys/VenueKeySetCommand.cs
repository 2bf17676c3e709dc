using System.CommandLine;
using System.Security.Cryptography;
using BtcAgent.Cli.Output;
using BtcAgent.Silo.Keys;

namespace BtcAgent.Cli.Keys;

/// <summary>Encrypts and stores the venue's key.</summary>
internal sealed class VenueKeySetCommand : VenueKeyCommand
{
    private readonly Option<string> _apiKey = new("--api-key-file")
    {
        Description = "file with the API key, mode 600; - reads it as the first line of standard input, before the secret",
        Required = true,
        HelpName = "FILE",
    };

    private readonly Option<string> _secret = new("--secret-file")
    {
        Description = "file with the secret of an HMAC key, or an Ed25519 private key in PEM, mode 600; - reads standard input",
        Required = true,
        HelpName = "FILE",
    };

    private readonly Option<string> _name = new("--name") { Description = "your name for the key", DefaultValueFactory = _ => "main", HelpName = "TEXT" };
    private readonly Option<bool> _replace = new("--replace") { Description = "replace a stored key" };

    public VenueKeySetCommand()
        : base(
            "set",
            "Encrypts the venue's key with the key-encryption key of the agent's settings, and stores it for the agent's next start.",
            "btcagent keys venue set --api-key-file api.txt --secret-file key.pem -- --venue binance-live --data live")
    {
        Options.Add(_apiKey);
        Options.Add(_secret);
        Options.Add(_name);
        Options.Add(_replace);
    }

    protected override async Task<int> RunAsync(VenueKeyFile key, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (apiKey, secret) = Read(arguments.GetValue(_apiKey)!, arguments.GetValue(_secret)!);
        try
        {
            var stored = await key.StoreAsync(apiKey, secret, arguments.GetValue(_name)!, arguments.GetValue(_replace), cancellationToken);
            Write(output, stored, "The agent uses it from its next start on. Remove the key from its settings, and delete the files that you gave.");
            return ExitCodes.Ok;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(apiKey);
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static (byte[] ApiKey, byte[] Secret) Read(string apiKeyFile, string secretFile)
    {
        if (apiKeyFile != SecretInput.StandardInput)
        {
            return (SecretInput.Read(apiKeyFile, "the API key"), SecretInput.Read(secretFile, "the secret"));
        }

        var both = SecretInput.Read(apiKeyFile, "the key");
        try
        {
            if (secretFile != SecretInput.StandardInput)
            {
                return ([.. both], SecretInput.Read(secretFile, "the secret"));
            }

            var end = both.AsSpan().IndexOf((byte)'\n');
            return end < 0
                ? throw new UsageException("standard input needs the API key on its first line, and after it the secret or the private key")
                : (both[..end], both[(end + 1)..]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(both);
        }
    }
}
