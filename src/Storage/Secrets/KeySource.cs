using System.Security.Cryptography;

namespace BtcAgent.Storage.Secrets;

/// <summary>Where the key-encryption key comes from: the environment, a file, or a command of a key management service.</summary>
/// <param name="KeyFile">File with the key, readable by its owner only; null for none.</param>
/// <param name="Command">Program and arguments that print the key; empty for none.</param>
/// <param name="WrappedKeyFile">File that the command receives on its standard input, such as a wrapped key; null for none.</param>
/// <param name="CommandTime">Time after which the command is ended.</param>
public sealed record KeySource(string? KeyFile, IReadOnlyList<string> Command, string? WrappedKeyFile, TimeSpan CommandTime)
{
    /// <summary>Environment variable that holds the key.</summary>
    public const string Variable = "BTCAGENT_KEY_ENCRYPTION_KEY";

    private const int FileBytesMax = 1024;

    /// <summary>Names the source; null when there is none.</summary>
    public string? Name => IsInEnvironment ? $"the environment variable {Variable}"
        : KeyFile is { Length: > 0 } file ? $"the file '{file}'"
        : Command.Count > 0 ? $"the command '{Command[0]}'"
        : null;

    private static bool IsInEnvironment => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Reads the key.</summary>
    /// <exception cref="SecretException">There is no source, or more than one, or it does not give a key.</exception>
    public async Task<KeyEncryptionKey> OpenAsync(CancellationToken cancellationToken)
    {
        var given = (IsInEnvironment ? 1 : 0) + (KeyFile is { Length: > 0 } ? 1 : 0) + (Command.Count > 0 ? 1 : 0);
        if (given != 1)
        {
            throw new SecretException(given == 0
                ? $"no key-encryption key is given: set {Variable}, Secrets:KeyFile, or Secrets:KeyCommand"
                : $"the key-encryption key is given {given} times: set only one of {Variable}, Secrets:KeyFile and Secrets:KeyCommand");
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text)
        {
            return KeyEncryptionKey.Parse(text, Name!);
        }

        var bytes = KeyFile is { Length: > 0 } file
            ? ClosedFile.Read(file, "the key-encryption key", FileBytesMax)
            : await KeyCommand.RunAsync(Command, WrappedKeyFile, CommandTime, cancellationToken);
        try
        {
            return KeyEncryptionKey.Parse(bytes, Name!);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
