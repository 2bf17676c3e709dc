using System.ComponentModel.DataAnnotations;
using BtcAgent.History.Datasets;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Options;

namespace BtcAgent.History.Files;

/// <summary>Checks the ranges, and the data sets of <see cref="ParquetOptions.Retention"/>.</summary>
public sealed class ParquetOptionsValidator : IValidateOptions<ParquetOptions>
{
    private const int DaysMax = 36_500;

    public ValidateOptionsResult Validate(string? name, ParquetOptions options)
    {
        var found = new List<ValidationResult>();
        _ = Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
        var names = HistoryDatasets.Create().Select(dataset => dataset.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        List<string> problems =
        [
            .. found.Select(problem => $"{ParquetOptions.Section}: {problem.ErrorMessage}"),
            .. options.Retention.Keys.Where(key => !names.Contains(key))
                .Select(key => $"History:Parquet:Retention:{key}: there is no such data set; known are {string.Join(", ", names)}"),
            .. options.Retention.Where(days => days.Value is < 0 or > DaysMax)
                .Select(days => $"History:Parquet:Retention:{days.Key} is {days.Value}: set 0 (for ever) to {DaysMax} days"),
        ];
        if (new ObjectStoreOptionsValidator().Validate(null, options.Store) is { Failed: true } store)
        {
            problems.Add($"{ParquetOptions.Section}:Store: {store.FailureMessage}");
        }

        if (options.MemoryMb < 2 * options.BufferMb)
        {
            problems.Add($"History:Parquet:MemoryMb is {options.MemoryMb}: set at least twice History:Parquet:BufferMb ({options.BufferMb})");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
