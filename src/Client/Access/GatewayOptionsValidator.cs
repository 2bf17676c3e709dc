using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Access;

/// <summary>Checks ranges and addresses; each message names the setting and the remedy.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var problems = Problems(options).Concat(new OidcOptionsValidator().Validate(name, options.Oidc).Failures ?? []).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(GatewayOptions options)
    {
        var ranges = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), ranges, validateAllProperties: true);
        foreach (var range in ranges)
        {
            yield return $"{GatewayOptions.Section}: {range.ErrorMessage}";
        }

        if (options.SecurityContact.Length > 0
            && !(Uri.TryCreate(options.SecurityContact, UriKind.Absolute, out var contact) && contact.Scheme is "mailto" or "https"
                && !options.SecurityContact.Any(char.IsControl)))
        {
            yield return $"{GatewayOptions.Section}:{nameof(options.SecurityContact)}: '{options.SecurityContact}' is neither mailto: nor https: "
                + "write it like mailto:security@example.org";
        }

        foreach (var proxy in options.KnownProxies.Where(p => !IPAddress.TryParse(p, out _)))
        {
            yield return $"{GatewayOptions.Section}:{nameof(options.KnownProxies)}: '{proxy}' is not an IP address: "
                + $"give the proxy's address, or its network in {nameof(options.KnownNetworks)}";
        }

        foreach (var network in options.KnownNetworks)
        {
            if (!IPNetwork.TryParse(network, out var parsed))
            {
                yield return $"{GatewayOptions.Section}:{nameof(options.KnownNetworks)}: '{network}' is not a network: write it like 10.244.0.0/16";
            }
            else if (parsed.PrefixLength == 0)
            {
                yield return $"{GatewayOptions.Section}:{nameof(options.KnownNetworks)}: '{network}' contains every address, so that anyone could "
                    + "claim any sender: give the proxies' own network";
            }
        }
    }
}
