using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains;

/// <summary>
/// Checks the annotations of an options object and of every options object below it; failures contain the full path.
/// </summary>
public sealed class OptionsTreeValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = new List<string>();
        Check(section, options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(string path, object value, List<string> failures)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        failures.AddRange(results.Select(r => $"{path}: {r.ErrorMessage} Correct it in appsettings.json or with --set {path}:{r.MemberNames.FirstOrDefault()}=VALUE"));
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || property.GetValue(value) is not { } child)
            {
                continue;
            }

            if (IsOptions(child))
            {
                Check($"{path}:{property.Name}", child, failures);
            }
            else if (child is IList list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is { } item && IsOptions(item))
                    {
                        Check($"{path}:{property.Name}:{i}", item, failures);
                    }
                }
            }
        }
    }

    private static bool IsOptions(object value) =>
        value.GetType() is { IsClass: true } type && type.Namespace?.StartsWith("BtcAgent", StringComparison.Ordinal) == true;
}
