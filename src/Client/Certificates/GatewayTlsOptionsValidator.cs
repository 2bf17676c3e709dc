using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Certificates;

/// <summary>Checks that the mode has what it needs, and nothing else.</summary>
public sealed class GatewayTlsOptionsValidator : IValidateOptions<GatewayTlsOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayTlsOptions options) =>
        (options.Mode, options.Certificate.Length > 0, options.Key.Length > 0) switch
        {
            (GatewayTlsMode.Own, true, true) or (not GatewayTlsMode.Own, false, false) => ValidateOptionsResult.Success,
            (GatewayTlsMode.Own, _, _) => ValidateOptionsResult.Fail(
                $"{GatewayTlsOptions.Section}: Mode=Own needs Certificate and Key: set both to PEM files, or use Mode=Generated"),
            _ => ValidateOptionsResult.Fail(
                $"{GatewayTlsOptions.Section}: Certificate and Key are those of Mode=Own, and the mode is {options.Mode}: set Mode=Own, or remove them"),
        };
}
