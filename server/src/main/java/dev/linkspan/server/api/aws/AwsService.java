package dev.linkspan.server.api.aws;

import java.util.List;
import java.util.Optional;

/**
 * A service of AWS as far as clients have to be told that it is not here.
 *
 * @param signing what signatures call it
 * @param title what people call it
 * @param protocol how its clients read an error, unless the request tells otherwise
 * @param targets what the header X-Amz-Target begins with; none where its protocol has no such header
 */
record AwsService(String signing, String title, Protocol protocol, List<String> targets) {

    /** How an error looks. */
    enum Protocol {
        /** The Query protocols and those of REST that speak XML. */
        XML,
        /** Amazon S3's own XML. */
        S3,
        /** All that speak JSON. */
        JSON,
        /** Smithy RPC v2 with CBOR. */
        CBOR
    }

    private static final List<AwsService> ALL = List.of(
            xml("autoscaling", "Auto Scaling"),
            xml("cloudformation", "CloudFormation"),
            xml("cloudfront", "CloudFront"),
            xml("elasticache", "ElastiCache"),
            xml("elasticbeanstalk", "Elastic Beanstalk"),
            xml("elasticloadbalancing", "Elastic Load Balancing"),
            xml("email", "SES"),
            xml("iam", "IAM"),
            new AwsService("monitoring", "CloudWatch", Protocol.XML, List.of("GraniteServiceVersion20100801")),
            xml("rds", "RDS"),
            xml("redshift", "Redshift"),
            xml("route53", "Route 53"),
            xml("sns", "SNS"),
            new AwsService("s3", "S3", Protocol.S3, List.of()),
            json("acm", "Certificate Manager", "CertificateManager"),
            json("apigateway", "API Gateway"),
            json("application-autoscaling", "Application Auto Scaling", "AnyScaleFrontendService"),
            json("athena", "Athena", "AmazonAthena"),
            json("backup", "Backup"),
            json("batch", "Batch"),
            json("cloudtrail", "CloudTrail", "CloudTrail", "com.amazonaws.cloudtrail.v20131101"),
            json("codebuild", "CodeBuild", "CodeBuild"),
            json("config", "Config", "StarlingDoveService"),
            json("dynamodb", "DynamoDB", "DynamoDB"),
            json("ecr", "ECR", "AmazonEC2ContainerRegistry"),
            json("ecs", "ECS", "AmazonEC2ContainerServiceV20141113"),
            json("eks", "EKS"),
            json("elasticfilesystem", "EFS"),
            json("es", "OpenSearch Service"),
            json("events", "EventBridge", "AWSEvents"),
            json("firehose", "Data Firehose", "Firehose"),
            json("kinesis", "Kinesis", "Kinesis"),
            json("kms", "KMS", "TrentService"),
            json("lambda", "Lambda"),
            json("logs", "CloudWatch Logs", "Logs"),
            json("network-firewall", "Network Firewall", "NetworkFirewall"),
            json("organizations", "Organizations", "AWSOrganizationsV20161128"),
            json("ram", "Resource Access Manager"),
            json("resource-groups", "Resource Groups"),
            json("route53resolver", "Route 53 Resolver", "Route53Resolver"),
            json("secretsmanager", "Secrets Manager", "secretsmanager"),
            json("servicediscovery", "Cloud Map", "Route53AutoNaming"),
            json("sqs", "SQS", "AmazonSQS"),
            json("ssm", "Systems Manager", "AmazonSSM"),
            json("states", "Step Functions", "AWSStepFunctions"),
            json("tagging", "Resource Groups Tagging", "ResourceGroupsTaggingAPI"),
            json("wafv2", "WAF", "AWSWAF"));

    private static AwsService xml(String signing, String title) {
        return new AwsService(signing, title, Protocol.XML, List.of());
    }

    private static AwsService json(String signing, String title, String... targets) {
        return new AwsService(signing, title, Protocol.JSON, List.of(targets));
    }

    /** By what signatures call it. */
    static Optional<AwsService> of(String signing) {
        return ALL.stream().filter(service -> service.signing().equals(signing)).findFirst();
    }

    /** By what X-Amz-Target calls it. */
    static Optional<AwsService> ofTarget(String target) {
        return ALL.stream()
                .filter(service -> service.targets().contains(target))
                .findFirst();
    }

    /** One that nothing is known of but its name. */
    static AwsService other(String signing) {
        return new AwsService(signing, signing, Protocol.XML, List.of());
    }
}
