using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Access;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Access;

/// <summary>Checks the settings of the token provider; each message names the setting and the remedy.</summary>
internal sealed class OidcOptionsValidator : IValidateOptions<OidcOptions>
{
    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static IEnumerable<string> Problems(OidcOptions options)
    {
        var ranges = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), ranges, validateAllProperties: true);
        foreach (var range in ranges)
        {
            yield return $"{OidcOptions.Section}: {range.ErrorMessage}";
        }

        foreach (var (value, role) in options.RoleMap.Where(entry => AccessRoles.Find(entry.Value) is null))
        {
            yield return $"{OidcOptions.Section}:{nameof(options.RoleMap)}:{value}: '{role}' is not a role: "
                + string.Join(", ", Enum.GetValues<AccessRole>().Select(AccessRoles.NameOf));
        }

        if (!options.IsOn)
        {
            yield break;
        }

        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || !IsSafe(authority) || authority.Query.Length > 0)
        {
            yield return $"{OidcOptions.Section}:{nameof(options.Authority)}: '{options.Authority}' is not an https address: its keys decide who "
                + "is let in, so that they must not be read in clear text (http is accepted on loopback only)";
        }

        if (options.Audience.Length == 0)
        {
            yield return $"{OidcOptions.Section}:{nameof(options.Audience)} is empty: a token for any other program would be accepted; set it to "
                + "the name of this agent at the provider";
        }

        if (options.RoleClaim.Length == 0)
        {
            yield return $"{OidcOptions.Section}:{nameof(options.RoleClaim)} is empty: name the claim with the caller's roles";
        }
    }

    /// <summary>True for an address whose answers nobody on the way can change.</summary>
    internal static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
