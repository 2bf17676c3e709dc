namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Progress of a search after a trial. Reported in the order of the trials' numbers.</summary>
/// <param name="Trial">The trial that finished.</param>
/// <param name="Best">The best trial so far; null if none is complete.</param>
/// <param name="Done">Trials finished, those of the store included.</param>
/// <param name="Total">Trials of the search; null if only time limits it.</param>
/// <param name="Elapsed">Time since the start of this run.</param>
/// <param name="Left">Estimated time left: of the trials, at the pace of this run, or of the budget of time if that is less.</param>
public sealed record StudyProgress(Trial Trial, Trial? Best, int Done, long? Total, TimeSpan Elapsed, TimeSpan Left);
