using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Changes;

internal sealed class PoolChangeConfiguration : IEntityTypeConfiguration<PoolChange>
{
    public void Configure(EntityTypeBuilder<PoolChange> builder)
    {
        builder.ToTable("changes").HasKey(change => change.Id);
        builder.Property(change => change.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(change => change.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(change => change.Mode).HasConversion<string>().HasMaxLength(20);
        builder.Property(change => change.PoolName).HasMaxLength(63);
        builder.Property(change => change.Reason).HasMaxLength(500);
        builder.Property(change => change.DecisionNote).HasMaxLength(500);
        builder.Property(change => change.Version).IsConcurrencyToken();
        builder.Ignore(change => change.Fields);
        builder.Ignore(change => change.BeforeFields);
        builder.Ignore(change => change.IsFinished);

        builder.HasMany(change => change.Steps).WithOne().HasForeignKey("ChangeId").IsRequired();

        builder.HasIndex(change => change.FormId).IsUnique();
        builder.HasIndex(change => new { change.State, change.NotBefore });
        builder.HasIndex(change => change.RequesterId);

        // The queue of a lead: what waits for their teams, and what was urgent and nobody has looked at.
        builder.HasIndex(change => new { change.State, change.Team });
        builder.HasIndex(change => change.Team).HasFilter("is_urgent AND seen_at IS NULL").HasDatabaseName("IX_changes_urgent");

        // At most one change of a pool's name may be at work; those that wait for a review may be several.
        var active = string.Join(", ", ChangeStates.Active.Order().Select(state => $"'{state}'"));
        builder.HasIndex(change => new { change.ClusterId, change.PoolName }).IsUnique().HasFilter($"state IN ({active})");
    }
}

internal sealed class ChangeStepConfiguration : IEntityTypeConfiguration<ChangeStep>
{
    public void Configure(EntityTypeBuilder<ChangeStep> builder)
    {
        builder.ToTable("change_steps").HasKey(step => step.Id);
        builder.Property(step => step.Kind).HasConversion<string>().HasMaxLength(30);
    }
}
