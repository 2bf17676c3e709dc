using System.CommandLine;
using System.Security.Cryptography;
using BtcAgent.Cli.Output;
using BtcAgent.Silo.Keys;
using BtcAgent.Storage.Secrets;

namespace BtcAgent.Cli.Keys;

/// <summary>Encrypts the venue's key with another key-encryption key.</summary>
internal sealed class VenueKeyRotateCommand : VenueKeyCommand
{
    private readonly Option<string> _next = new("--new-key-file")
    {
        Description = "file with the new key-encryption key in base64 or hexadecimal, mode 600; - reads standard input",
        Required = true,
        HelpName = "FILE",
    };

    public VenueKeyRotateCommand()
        : base(
            "rotate",
            "Encrypts the venue's key with a new key-encryption key. The present one is that of the agent's settings.",
            "btcagent keys venue rotate --new-key-file next.kek -- --venue binance-live --data live") => Options.Add(_next);

    protected override async Task<int> RunAsync(VenueKeyFile key, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var file = arguments.GetValue(_next)!;
        var text = SecretInput.Read(file, "the new key-encryption key");
        try
        {
            using var next = KeyEncryptionKey.Parse(text, file == SecretInput.StandardInput ? "standard input" : $"the file '{file}'");
            Write(output, await key.RotateAsync(next, cancellationToken), "Give the agent the new key-encryption key before its next start.");
            return ExitCodes.Ok;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
