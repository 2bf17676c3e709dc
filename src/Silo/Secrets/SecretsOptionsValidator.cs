using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Secrets;

/// <summary>Checks the settings that require one another; ranges are checked with their sources.</summary>
internal sealed class SecretsOptionsValidator : IValidateOptions<SecretsOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
    {
        var problems = new List<string>();
        if (options.KeyFile.Length > 0 && options.KeyCommand.Count > 0)
        {
            problems.Add("Secrets:KeyFile and Secrets:KeyCommand both give the key-encryption key: set one");
        }

        if (options.WrappedKeyFile.Length > 0 && options.KeyCommand.Count == 0)
        {
            problems.Add("Secrets:WrappedKeyFile needs Secrets:KeyCommand, the program that unwraps it");
        }

        if (options.KeyCommand.Any(string.IsNullOrEmpty))
        {
            problems.Add("Secrets:KeyCommand has an empty part: give the program as Secrets:KeyCommand:0 and its arguments as :1, :2, …");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
