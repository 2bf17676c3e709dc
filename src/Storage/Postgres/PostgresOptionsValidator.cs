using Microsoft.Extensions.Options;

namespace BtcAgent.Storage.Postgres;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class PostgresOptionsValidator : IValidateOptions<PostgresOptions>;
