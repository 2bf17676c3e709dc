namespace BtcAgent.Cli.Replays;

/// <summary>Where the artefact of a trained model may be; the first one given is looked in, the others are not.</summary>
/// <param name="File">A folder or a zip that is the artefact.</param>
/// <param name="Folder">Holds artefacts; that of the recorded hash is taken.</param>
/// <param name="Postgres">Connection string of the cluster's database, whose model grains keep their artefacts.</param>
/// <param name="TakesAnother">An artefact of another hash is taken too, to see where its decision parts.</param>
internal sealed record ArtefactPlaces(string? File, string? Folder, string? Postgres, bool TakesAnother);
