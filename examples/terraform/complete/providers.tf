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

variable "alice" {
  description = "The keys of the account that has the shop, as `./linkspan account create` printed them."
  type        = object({ access_key = string, secret_key = string })
  sensitive   = true
}

variable "bob" {
  description = "The keys of the account that has the database."
  type        = object({ access_key = string, secret_key = string })
  sensitive   = true
}

# Linkspan's Regions are the operator's to name, and there is no metadata service to ask.

provider "aws" {
  region                  = var.region
  access_key              = var.alice.access_key
  secret_key              = var.alice.secret_key
  skip_region_validation  = true
  skip_metadata_api_check = true

  endpoints {
    ec2 = var.linkspan_url
    sts = var.linkspan_url
  }

  default_tags {
    tags = {
      Project   = "shop"
      ManagedBy = "terraform"
    }
  }
}

provider "aws" {
  alias                   = "bob"
  region                  = var.region
  access_key              = var.bob.access_key
  secret_key              = var.bob.secret_key
  skip_region_validation  = true
  skip_metadata_api_check = true

  endpoints {
    ec2 = var.linkspan_url
    sts = var.linkspan_url
  }

  default_tags {
    tags = {
      Project   = "database"
      ManagedBy = "terraform"
    }
  }
}
