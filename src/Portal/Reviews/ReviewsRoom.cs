using Portal.Access;
using Portal.Reviews.Decide;
using Portal.Reviews.Queue;

namespace Portal.Reviews;

internal static class ReviewsRoom
{
    /// <summary>Who may open the pages; what each of them may decide is looked at where it is decided.</summary>
    public const string MayOpen = $"{nameof(Role.TeamLead)},{nameof(Role.Admin)}";

    public static readonly Refusal NotALead = new("Reviews are for team leads and admins.");

    public static bool IsOpenTo(Person person) => person.Has(Role.TeamLead) || person.Has(Role.Admin);

    public static IServiceCollection AddReviews(this IServiceCollection services)
    {
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<ReviewQueue>();
        return services;
    }
}
