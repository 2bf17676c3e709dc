using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace BtcAgent.Grains;

/// <summary>
/// Checks the annotations of an options object and of every options object below it; failures contain the full path. The generated
/// validators need an attribute of the host's libraries on each object below, which the trading core does not know.
/// </summary>
internal static class OptionsTree
{
    /// <param name="path">Of the object in the configuration.</param>
    /// <param name="value">An options object.</param>
    /// <param name="failures">Receives the failures.</param>
    public static void Check(string path, object value, List<string> failures)
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
