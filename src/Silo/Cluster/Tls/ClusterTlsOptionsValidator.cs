using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// Requires all of the settings or none, and readable files; each message names the setting and the remedy.
/// </summary>
public sealed class ClusterTlsOptionsValidator : IValidateOptions<ClusterTlsOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterTlsOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(ClusterTlsOptions options)
    {
        var ranges = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), ranges, validateAllProperties: true);
        foreach (var range in ranges)
        {
            yield return $"{ClusterTlsOptions.Section}: {range.ErrorMessage}";
        }

        if (!options.IsOn)
        {
            if (options.TargetHost.Length > 0)
            {
                yield return $"{Setting(nameof(options.TargetHost))} is set, but TLS is off: set Certificate, Key and "
                    + "Authority as well, or clear it";
            }

            yield break;
        }

        foreach (var (setting, path) in Files(options))
        {
            if (path.Length == 0)
            {
                yield return $"{Setting(setting)} is empty: set the paths of Certificate, Key and Authority, or none "
                    + "of them to run without TLS";
            }
            else if (FileProblem(path) is { } problem)
            {
                yield return $"{Setting(setting)}: {problem}";
            }
        }
    }

    internal static string Setting(string name) => $"{ClusterTlsOptions.Section}:{name}";

    internal static IEnumerable<(string Setting, string Path)> Files(ClusterTlsOptions options) =>
    [
        (nameof(options.Certificate), options.Certificate),
        (nameof(options.Key), options.Key),
        (nameof(options.Authority), options.Authority),
    ];

    private static string? FileProblem(string path)
    {
        if (Directory.Exists(path))
        {
            return $"{path} is a folder: set the path of the PEM file in it";
        }

        try
        {
            using var handle = File.OpenHandle(path);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"there is no file {Path.GetFullPath(path)}: correct the path, or mount the secret there";
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return $"{path} cannot be read ({e.Message}): let the user {Environment.UserName} read it";
        }
    }
}
