terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "linkspan_url" {
  description = "Where the server listens."
  default     = "http://127.0.0.1:7780"
}

variable "region" {
  description = "One of the server's Regions."
  default     = "eu-west-2"
}

variable "access_key" {
  description = "As `./linkspan account create` printed it."
}

variable "secret_key" {
  sensitive = true
}

provider "aws" {
  region     = var.region
  access_key = var.access_key
  secret_key = var.secret_key

  endpoints {
    ec2 = var.linkspan_url
    ssm = var.linkspan_url
    sts = var.linkspan_url
  }

  # Linkspan's Regions are the operator's to name, and there is no metadata service to ask.
  skip_region_validation  = true
  skip_metadata_api_check = true
}
