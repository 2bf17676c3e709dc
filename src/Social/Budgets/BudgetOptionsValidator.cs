using Microsoft.Extensions.Options;

namespace BtcAgent.Social.Budgets;

/// <summary>Generated from the options' attributes.</summary>
[OptionsValidator]
internal sealed partial class BudgetOptionsValidator : IValidateOptions<BudgetOptions>;
