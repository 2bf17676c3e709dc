using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Contracts.Settings;

/// <summary>
/// The search of the agent's trainings: section <c>Retraining:Search</c>. A search registers a model only if its winner passes
/// every gate. A change concerns the next job.
/// </summary>
public sealed class SearchOptions
{
    /// <summary>Most trials of a search.</summary>
    public const int TrialsMax = 10_000;

    /// <summary>
    /// Trials of a search for the settings of a model; 0 trains the recipe as it is. Default 0: in the 30 days of history that are
    /// kept by default only an annual Sharpe ratio above about 13 could pass. With a year or more, 30 or more are sensible.
    /// </summary>
    [Range(0, TrialsMax)]
    public int Trials { get; set; }

    /// <summary>
    /// Minutes of an attempt after which no trial starts; 0 for no limit. Such a search does not repeat exactly. Below
    /// <see cref="RetrainingOptions.MinutesMax"/>. Default 0.
    /// </summary>
    [Range(0.0, 43_200.0)]
    public double Minutes { get; set; }

    /// <summary>Last part of the time, which judges the winner and which the search never sees, as a fraction. Default 0.2.</summary>
    [Range(0.05, 0.8)]
    public double UntouchedShare { get; set; } = 0.2;

    /// <summary>
    /// JSON file of the parameters to search (<c>docs/optimizer.md</c>), read at the start; horizons and <c>sample_every</c> count
    /// samples. Default empty: label, forest, feature groups, entry and exit.
    /// </summary>
    public string SpaceFile { get; set; } = "";

    /// <summary>The text of <see cref="SpaceFile"/>. Default null: the space of the agent's samples.</summary>
    public string? Space { get; private set; }

    /// <summary>Sets the text of <see cref="SpaceFile"/>, which the start has read and checked.</summary>
    public void TakeSpace(string json) => Space = json;

    /// <summary>The search part of a job by these settings.</summary>
    /// <param name="trials">Trials, 0 for none; null for the setting.</param>
    public TrainingSearch? Of(int? trials) => (trials ?? Trials) is > 0 and var count
        ? new TrainingSearch(count, Minutes > 0 ? Minutes : null, UntouchedShare, Space)
        : null;
}
